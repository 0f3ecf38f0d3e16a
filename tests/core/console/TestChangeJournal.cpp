#include "core/console/ChangeJournal.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;

class TestChangeJournal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void since_tellsWhatIsNew();
    void ring_forgetsTheOldest();
    void foreignPositions_missSome_data();
    void foreignPositions_missSome();
    void sessions_areCounted();
    void signIns_areToldOfTheirUser();
    void imports_areOneChange();
    void alarms_nameWhoItWas();
    void aFailedBackup_isAnAlarmAboutNobody();
    void threads_loseNothing();
    void whoWaits_isToldOnce();
    void whoWaits_isToldAtOnce_data();
    void whoWaits_isToldAtOnce();
    void whoStopsWaiting_isToldNothing();
    void whoFollows_losesNothing();
};

namespace {

constexpr TimePoint now = fromMilliseconds(1'800'000'000'000);

Session someSession()
{
    return {.id = Id::create(now),
            .userId = Id::create(now),
            .generation = 0,
            .openedAt = now,
            .rotatedAt = now,
            .lastSeenAt = now,
            .idleExpiresAt = now + std::chrono::days {14},
            .expiresAt = now + std::chrono::days {90},
            .revokedAt = {},
            .revokedReason = {},
            .userAgent = u"curl/8"_s,
            .address = u"192.0.2.7"_s,
            .method = u"password"_s};
}

Session ended(Session session, SessionEnd reason)
{
    session.revokedAt = now + Seconds {1};
    session.revokedReason = reason;
    return session;
}

User someUser()
{
    return {.id = Id::create(now),
            .email = u"ann@example.com"_s,
            .name = {},
            .roles = {},
            .createdAt = now,
            .updatedAt = now,
            .lastSignInAt = {},
            .passwordScheme = {}};
}

void fill(ChangeJournal &journal, int changes)
{
    for (int i = 0; i < changes; ++i)
        journal.userChanged(someUser());
}

} // namespace

void TestChangeJournal::since_tellsWhatIsNew()
{
    ChangeJournal journal;
    QCOMPARE(journal.position(), 0u);
    QVERIFY(journal.since(0).changes.isEmpty());
    QVERIFY(!journal.since(0).missedSome);
    const Session session = someSession();
    journal.sessionRenewed(session, someUser());
    journal.sessionEnded(ended(session, SessionEnd::Logout));
    const Changes both = journal.since(0);
    QCOMPARE(both.position, 2u);
    QCOMPARE(both.changes.size(), 2);
    QCOMPARE(std::get<SessionView>(both.changes[0]).email, u"ann@example.com"_s);
    const Changes second = journal.since(1);
    QCOMPARE(second.changes.size(), 1);
    const auto &gone = std::get<SessionGone>(second.changes[0]);
    QCOMPARE(gone.id, session.id);
    QCOMPARE(gone.reason, u"logout"_s);
    QCOMPARE(gone.at, now + Seconds {1});
    QVERIFY(journal.since(2).changes.isEmpty());
}

void TestChangeJournal::ring_forgetsTheOldest()
{
    ChangeJournal journal(10);
    fill(journal, 25);
    QCOMPARE(journal.position(), 25u);
    QVERIFY(journal.since(14).missedSome);
    QVERIFY(journal.since(14).changes.isEmpty());
    QCOMPARE(journal.since(14).position, 25u);
    QVERIFY(!journal.since(15).missedSome);
    QCOMPARE(journal.since(15).changes.size(), 10);
    QCOMPARE(journal.since(24).changes.size(), 1);
}

void TestChangeJournal::foreignPositions_missSome_data()
{
    QTest::addColumn<quint64>("position");
    QTest::newRow("just ahead") << quint64(4);
    QTest::newRow("of a longer run") << quint64(4711);
    QTest::newRow("the largest") << std::numeric_limits<quint64>::max();
}

void TestChangeJournal::foreignPositions_missSome()
{
    QFETCH(quint64, position);
    ChangeJournal journal;
    fill(journal, 3);
    const Changes changes = journal.since(position);
    QVERIFY(changes.missedSome);
    QVERIFY(changes.changes.isEmpty());
    QCOMPARE(changes.position, 3u);
}

void TestChangeJournal::sessions_areCounted()
{
    ChangeJournal journal;
    journal.sessionOpened(someSession(), someUser());
    QVERIFY(!journal.liveSessions()); // nobody has counted yet
    journal.seed(5);
    QCOMPARE(journal.liveSessions(), 5);
    const Session session = someSession();
    journal.sessionOpened(session, someUser());
    journal.sessionRenewed(session, someUser());
    QCOMPARE(journal.liveSessions(), 6);
    journal.sessionEnded(ended(session, SessionEnd::Admin));
    QCOMPARE(journal.liveSessions(), 5);
    journal.seed(0);
    journal.sessionEnded(ended(session, SessionEnd::Admin)); // counted anew just before: never below none
    QCOMPARE(journal.liveSessions(), 0);
}

void TestChangeJournal::signIns_areToldOfTheirUser()
{
    ChangeJournal journal;
    const Session session = someSession();
    const User user = someUser();
    journal.sessionOpened(session, user);
    journal.sessionRenewed(session, user);
    journal.userRemoved(user.id);
    const QList<Change> told = journal.since(0).changes;
    QCOMPARE(told.size(), 4);
    QCOMPARE(std::get<UserSignedIn>(told[1]).id, user.id);
    QCOMPARE(std::get<UserSignedIn>(told[1]).at, session.openedAt);
    QCOMPARE(std::get<UserGone>(told[3]).id, user.id);
}

void TestChangeJournal::imports_areOneChange()
{
    ChangeJournal journal(10);
    journal.userCreated(someUser());
    journal.usersImported(1'000'000);
    const Changes told = journal.since(1);
    QVERIFY(!told.missedSome);
    QCOMPARE(told.changes.size(), 1);
    QCOMPARE(std::get<UsersImported>(told.changes.first()).count, 1'000'000);
}

void TestChangeJournal::alarms_nameWhoItWas()
{
    ChangeJournal journal;
    const Session session = ended(someSession(), SessionEnd::Reuse);
    journal.refreshReused(session, u"ann@example.com"_s, u"203.0.113.66"_s);
    const Changes told = journal.since(0);
    const auto &alarm = std::get<Alarm>(told.changes.first());
    QCOMPARE(alarm.type, AlarmType::RefreshReused);
    QCOMPARE(alarm.sessionId, session.id);
    QCOMPARE(alarm.email, u"ann@example.com"_s);
    QCOMPARE(alarm.address, u"203.0.113.66"_s);
    QCOMPARE(alarm.openedFrom, u"192.0.2.7"_s);

    const User user = someUser();
    journal.bruteForceSeen({.at = {}, .address = u"203.0.113.67"_s, .account = u"ann@example.com"_s, .fromAddress = 51, .atAccount = 7},
                           user);
    journal.bruteForceSeen({.at = {}, .address = u"203.0.113.68"_s, .account = u"nobody@example.com"_s, .fromAddress = 3, .atAccount = 52},
                           std::nullopt);
    const Changes more = journal.since(told.position);
    const auto &guessed = std::get<Alarm>(more.changes.first());
    QCOMPARE(guessed.type, AlarmType::BruteForce);
    QCOMPARE(guessed.userId, user.id);
    QCOMPARE(guessed.address, u"203.0.113.67"_s);
    QCOMPARE(guessed.count, 51);
    QCOMPARE(std::get<Alarm>(more.changes.last()).email, u"nobody@example.com"_s);
    QCOMPARE(std::get<Alarm>(more.changes.last()).count, 52);
    QCOMPARE(std::get<Alarm>(more.changes.last()).sign, GuessSign::Denials);

    journal.bruteForceSeen({.at = {}, .address = u"203.0.113.0/24"_s, .account = {}, .fromAddress = 31, .sign = GuessSign::ManyAccounts},
                           std::nullopt);
    journal.limitExceeded(u"mine"_s, u"203.0.113.69"_s, u"ann@example.com"_s, fromMilliseconds(7));
    const Changes last = journal.since(more.position);
    QCOMPARE(std::get<Alarm>(last.changes.first()).sign, GuessSign::ManyAccounts);
    QCOMPARE(std::get<Alarm>(last.changes.first()).count, 31);
    const auto &exceeded = std::get<Alarm>(last.changes.last());
    QCOMPARE(exceeded.type, AlarmType::LimitExceeded);
    QCOMPARE(exceeded.rule, u"mine"_s);
    QCOMPARE(exceeded.address, u"203.0.113.69"_s);
    QCOMPARE(exceeded.email, u"ann@example.com"_s);
    QCOMPARE(exceeded.at, fromMilliseconds(7));
    QVERIFY(exceeded.userId.isNull());
}

void TestChangeJournal::aFailedBackup_isAnAlarmAboutNobody()
{
    ChangeJournal journal;
    journal.problemBegan({.type = AlarmType::Problem, .about = u"backup_failed"_s, .at = now});
    const Changes all = journal.since(0);
    QCOMPARE(all.changes.size(), 1);
    const Alarm alarm = std::get<Alarm>(all.changes.first());
    QCOMPARE(alarm.type, AlarmType::Problem);
    QCOMPARE(alarm.problem, u"backup_failed"_s);
    QCOMPARE(alarm.at, now);
    QVERIFY(alarm.userId.isNull() && alarm.email.isEmpty() && alarm.address.isEmpty());
}

void TestChangeJournal::threads_loseNothing()
{
    constexpr int writers = 4;
    constexpr int each = 2000;
    ChangeJournal journal(writers * each);
    std::atomic<int> running {writers};
    qsizetype heard = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < writers; ++i)
            threads.emplace_back([&journal, &running] {
                fill(journal, each);
                --running;
            });
        quint64 position = 0;
        for (bool last = false; !last;) {
            last = running == 0;
            const Changes changes = journal.since(position);
            QVERIFY(!changes.missedSome);
            QCOMPARE(changes.position - position, quint64(changes.changes.size()));
            position = changes.position;
            heard += changes.changes.size();
        }
    }
    QCOMPARE(heard, writers * each);
}

void TestChangeJournal::whoWaits_isToldOnce()
{
    ChangeJournal journal;
    fill(journal, 2);
    QList<Changes> first;
    QList<Changes> second;
    QVERIFY(journal.answerSince(2, [&first](const Changes &news) { first += news; }));
    QVERIFY(journal.answerSince(2, [&second](const Changes &news) { second += news; }));
    QVERIFY(first.isEmpty());
    journal.sessionOpened(someSession(), someUser());
    journal.userChanged(someUser());
    QCOMPARE(first.size(), 1);
    QCOMPARE(first.first().position, 4u);
    QCOMPARE(first.first().changes.size(), 2); // all that one sign-in changed, and nothing later
    QCOMPARE(second.size(), 1);
}

void TestChangeJournal::whoWaits_isToldAtOnce_data()
{
    QTest::addColumn<quint64>("position");
    QTest::addColumn<bool>("missedSome");
    QTest::newRow("something is new") << quint64(2) << false;
    QTest::newRow("the ring has moved past") << quint64(0) << true;
    QTest::newRow("of a longer run") << quint64(4711) << true;
}

void TestChangeJournal::whoWaits_isToldAtOnce()
{
    QFETCH(quint64, position);
    ChangeJournal journal(2);
    fill(journal, 3);
    std::optional<Changes> told;
    QVERIFY(!journal.answerSince(position, [&told](const Changes &news) { told = news; }));
    QTEST(told->missedSome, "missedSome");
    QCOMPARE(told->position, 3u);
}

void TestChangeJournal::whoStopsWaiting_isToldNothing()
{
    ChangeJournal journal;
    int told = 0;
    const auto number = journal.answerSince(0, [&told](const Changes &) { ++told; });
    QVERIFY(journal.stopWaiting(*number));
    QVERIFY(!journal.stopWaiting(*number));
    fill(journal, 1);
    QCOMPARE(told, 0);
    const auto another = journal.answerSince(1, [&told](const Changes &) { ++told; });
    fill(journal, 1);
    QVERIFY(!journal.stopWaiting(*another)); // it was told
    QCOMPARE(told, 1);
}

/// Who asks anew from within the answer hears of every change, whoever writes.
void TestChangeJournal::whoFollows_losesNothing()
{
    constexpr int writers = 4;
    constexpr int each = 1000;
    ChangeJournal journal(writers * each);
    std::atomic<qsizetype> heard = 0;
    std::function<void(const Changes &)> follow = [&](const Changes &news) {
        heard += news.changes.size();
        (void)journal.answerSince(news.position, follow);
    };
    QVERIFY(journal.answerSince(0, follow));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < writers; ++i)
            threads.emplace_back([&journal] { fill(journal, each); });
    }
    QCOMPARE(heard, writers * each);
}

QTEST_GUILESS_MAIN(TestChangeJournal)
#include "TestChangeJournal.moc"
