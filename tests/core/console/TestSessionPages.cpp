#include "core/console/Cursors.h"
#include "core/console/TextMatcher.h"
#include "core/console/orders/Keys.h"
#include "tests/support/ConsoleWorld.h"

#include <QFutureWatcher>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The list of sessions: every row once, exactly what the filter says, and "revoke all shown" hits just that.
class TestSessionPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void pages_showEachRowOnce_whileOthersSignIn();
    void limit_isBounded_data();
    void limit_isBounded();
    void whatIsNoQuestion_isRefused();
    void filter_finds_data();
    void filter_finds();
    void ended_areShownForADay();
    void revokeShown_endsWhatIsShown();
    void revokeShown_ofMoreThanAPage();
    void revoke_countsLiveOnes();
    void userPages_showEachRowOnce();
    void listCountAndOrder_followWhatHappens();
    void backwards_readsTheSameList_data();
    void backwards_readsTheSameList();
    void time_partsTheList();
    void letter_partsTheUsers_data();
    void letter_partsTheUsers();
    void user_isNobodyElse();
    void pages_ofAText_showEachRowOnce();
    void anotherNumberThanSeen_endsNobody();
    void whoCameSince_staysSignedIn();
    void revokeShown_canBeStopped();
    void failureMidway_saysHowManyHaveEnded_data();
    void failureMidway_saysHowManyHaveEnded();
    void users_areFound_data();
    void users_areFound();
    void users_areFoundByWhatTheyBecame();

private:
    QStringList emailsOf(const SessionFilter &filter);
    TokenPair join(const QString &name, const QString &address = u"192.0.2.7"_s, const QString &agent = u"curl/8"_s);
    void joinMany(int users);
    std::unique_ptr<ConsoleWorld> m_w;
};

TokenPair TestSessionPages::join(const QString &name, const QString &address, const QString &agent)
{
    m_w->clock.advance(Milliseconds {1}); // ids order by time
    return m_w->join(name + u"@example.com"_s, {.address = QHostAddress(address), .userAgent = agent});
}

/// A hundred sessions for each of so many users.
void TestSessionPages::joinMany(int users)
{
    for (int i = 0; i < users; ++i) {
        const QString name = u"many%1"_s.arg(i);
        join(name);
        for (int more = 1; more < 100; ++more)
            QVERIFY(m_w->world.signIn.byPassword({.email = name + u"@example.com"_s, .password = password}, m_w->world.client,
                                                 m_w->clock.now()));
    }
}

QStringList TestSessionPages::emailsOf(const SessionFilter &filter)
{
    QStringList emails;
    const auto page = got(m_w->console.ask(ListSessions {.filter = filter, .limit = 500}));
    for (const SessionView &row : page->rows)
        emails += row.email.section(u'@', 0, 0);
    return emails;
}

void TestSessionPages::pages_showEachRowOnce_whileOthersSignIn()
{
    QStringList expected;
    for (int i = 0; i < 23; ++i)
        expected.prepend(u"user%1"_s.arg(i));
    for (int i = 0; i < 23; ++i)
        join(u"user%1"_s.arg(i));
    QStringList seen;
    QString cursor;
    do {
        const auto page = got(m_w->console.ask(ListSessions {.cursor = cursor, .limit = 5}));
        for (const SessionView &row : page->rows)
            seen += row.email.section(u'@', 0, 0);
        cursor = page->next;
        join(u"late%1"_s.arg(seen.size())); // newer than all that was read
    } while (!cursor.isEmpty());
    QCOMPARE(seen, expected);
}

void TestSessionPages::limit_isBounded_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("rows");
    QTest::newRow("negative") << -5 << 1;
    QTest::newRow("none") << 0 << 1;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("exactly all") << 3 << 3;
    QTest::newRow("more than all") << 500 << 3;
    QTest::newRow("beyond the bound") << 2'000'000'000 << 3;
}

void TestSessionPages::limit_isBounded()
{
    QFETCH(int, limit);
    for (int i = 0; i < 3; ++i)
        join(u"user%1"_s.arg(i));
    QTEST(int(got(m_w->console.ask(ListSessions {.limit = limit}))->rows.size()), "rows");
    QTEST(int(got(m_w->console.ask(ListUsers {.limit = limit}))->rows.size()), "rows");
}

void TestSessionPages::whatIsNoQuestion_isRefused()
{
    join(u"ann"_s);
    const QString endless(TextMatcher::longest + 1, u'a');
    for (const QString &cursor : {u"no cursor' OR 1=1 --"_s, u"7"_s, u" "_s, endless}) {
        QCOMPARE(got(m_w->console.ask(ListSessions {.cursor = cursor, .limit = 5})).error().code, ErrorCode::InvalidInput);
        QCOMPARE(got(m_w->console.ask(ListUsers {.cursor = cursor, .limit = 5})).error().code, ErrorCode::InvalidInput);
    }
    const SessionFilter tooLong {.text = endless, .user = {}, .ended = false};
    QCOMPARE(got(m_w->console.ask(ListSessions {.filter = tooLong, .limit = 5})).error().code, ErrorCode::InvalidInput);
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = tooLong})).error().code, ErrorCode::InvalidInput);
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = tooLong, .seen = 1})).error().code, ErrorCode::InvalidInput);
    QCOMPARE(got(m_w->console.ask(ListUsers {.text = endless, .limit = 5})).error().code, ErrorCode::InvalidInput);
    QCOMPARE(got(m_w->console.ask(CountUsers {.text = endless})).error().code, ErrorCode::InvalidInput);
}

void TestSessionPages::filter_finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("emails");
    QTest::newRow("nothing asked") << QString() << QStringList {u"100%"_s, u"a_b"_s, u"axb"_s};
    QTest::newRow("part of an address") << u"AXB@"_s << QStringList {u"axb"_s};
    QTest::newRow("an underscore is one") << u"a_b"_s << QStringList {u"a_b"_s};
    QTest::newRow("a per cent sign is one") << u"100%"_s << QStringList {u"100%"_s};
    QTest::newRow("a backslash is one") << u"\\"_s << QStringList {};
    QTest::newRow("network address") << u"198.51.100."_s << QStringList {u"a_b"_s};
    QTest::newRow("the device, as it is shown") << u"edge, WINDOWS"_s << QStringList {u"axb"_s};
    QTest::newRow("a part of it") << u"edge"_s << QStringList {u"axb"_s};
    QTest::newRow("what only the user agent says") << u"Mozilla"_s << QStringList {};
    QTest::newRow("its version") << u"144.0"_s << QStringList {};
    QTest::newRow("a quote") << u"' OR ''='"_s << QStringList {};
    QTest::newRow("other scripts") << u"日本"_s << QStringList {};
    QTest::newRow("wide letters") << u"ａｘｂ"_s << QStringList {u"axb"_s};
    QTest::newRow("spaces around it") << u"  axb "_s << QStringList {u"axb"_s};
    QTest::newRow("nothing that shows") << u"\u200b\u00ad"_s << QStringList {u"100%"_s, u"a_b"_s, u"axb"_s};
    QTest::newRow("a zero-width space within") << u"a\u200bxb"_s << QStringList {u"axb"_s};
    QTest::newRow("an emoji") << u"🦊"_s << QStringList {};
    QTest::newRow("from right to left") << u"\u202eaxb"_s << QStringList {u"axb"_s};
    QTest::newRow("IPv6 as it is shown") << u"2001:db8::9"_s << QStringList {u"100%"_s};
    QTest::newRow("IPv6 in capitals and in full") << u"2001:0DB8:0:0:0:0:0:9"_s << QStringList {u"100%"_s};
    QTest::newRow("IPv6 in brackets") << u"[2001:db8::9]"_s << QStringList {u"100%"_s};
    QTest::newRow("IPv4 as IPv6") << u"::ffff:198.51.100.9"_s << QStringList {u"a_b"_s};
    QTest::newRow("a part of IPv6") << u"2001:DB8"_s << QStringList {u"100%"_s};
}

void TestSessionPages::filter_finds()
{
    QFETCH(QString, text);
    join(u"axb"_s, u"192.0.2.7"_s, u"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/144.0 Safari/537.36 Edg/144.0"_s);
    join(u"a_b"_s, u"198.51.100.9"_s);
    join(u"100%"_s, u"2001:db8::9"_s);
    const SessionFilter filter {.text = text, .user = {}, .ended = false};
    QTEST(emailsOf(filter), "emails");
    QFETCH(QStringList, emails);
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = filter})).transform(numbersOf),
             (SessionCounts {emails.size(), emails.size(), emails.size()}));
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = filter, .seen = emails.size()})), int(emails.size()));
    QCOMPARE(m_w->sessions.findByUser(m_w->world.accounts.findByEmail(u"axb@example.com"_s).value()->id, m_w->clock.now())->size(),
             emails.contains(u"axb"_s) ? 0 : 1);
}

void TestSessionPages::listCountAndOrder_followWhatHappens()
{
    const SessionFilter curl {.text = u"curl"_s, .user = {}, .ended = false};
    const TokenPair ann = join(u"ann"_s);
    const TokenPair bob = join(u"bob"_s);
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = curl})).transform(numbersOf), (SessionCounts {2, 2, 2}));
    join(u"eve"_s);
    const auto renewed = m_w->sessions.refresh(ann.refreshToken, m_w->world.client, m_w->clock.now());
    QVERIFY(renewed);
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = curl})).transform(numbersOf), (SessionCounts {3, 3, 3}));
    QCOMPARE(got(m_w->console.ask(EndSessionsOf {.user = bob.user.id})), 1);
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = curl})).transform(numbersOf), (SessionCounts {2, 2, 2}));
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = {.text = u"curl"_s, .user = {}, .ended = true}})).transform(numbersOf),
             (SessionCounts {3, 2, 2}));
    User changed = bob.user;
    changed.email = u"curly@example.com"_s;
    m_w->journal.userChanged(changed);
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = {.text = u"curly"_s, .user = {}, .ended = true}}))->sessions, 1);
    QVERIFY(got(m_w->console.ask(RemoveUser {.user = bob.user.id})));
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = {.text = u"curl"_s, .user = {}, .ended = true}})).transform(numbersOf),
             (SessionCounts {2, 2, 2}));
    m_w->clock.advance(std::chrono::days {14}); // they expire, and nobody tells
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = curl})).transform(numbersOf), (SessionCounts {}));
    QCOMPARE(emailsOf(curl), QStringList {});
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->liveSessions, 0);
    for (int i = 0; i < 21'000; ++i) // further than the journal reaches back
        m_w->journal.record(KeysChanged {});
    m_w->world.signIn.byPassword({.email = u"ann@example.com"_s, .password = password}, m_w->world.client, m_w->clock.now()).value();
    QCOMPARE(got(m_w->console.ask(CountSessions {}))->live, 1);
}

void TestSessionPages::user_isNobodyElse()
{
    const TokenPair ann = join(u"ann"_s);
    join(u"joann"_s);
    const SessionFilter hers {.text = {}, .user = ann.user.id, .ended = true};
    QCOMPARE(emailsOf(hers), QStringList {u"ann"_s});
    QCOMPARE(got(m_w->console.ask(CountSessions {.filter = hers})).transform(numbersOf), (SessionCounts {1, 1, 1}));
    QCOMPARE(emailsOf({.text = u"joann"_s, .user = ann.user.id, .ended = true}), QStringList {});
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = hers, .seen = 1})), 1);
    QCOMPARE(emailsOf({}), QStringList {u"joann"_s});
}

void TestSessionPages::pages_ofAText_showEachRowOnce()
{
    QStringList expected;
    for (int i = 0; i < 23; ++i)
        expected.prepend(join(u"user%1"_s.arg(i)).user.email); // ids of one millisecond are ties of time
    const SessionFilter filter {.text = u"USER"_s, .user = {}, .ended = false};
    QStringList seen;
    QString cursor;
    do {
        const auto page = got(m_w->console.ask(ListSessions {.filter = filter, .cursor = cursor, .limit = 5}));
        for (const SessionView &row : page->rows)
            seen += row.email;
        cursor = page->next;
        join(u"late-user%1"_s.arg(seen.size()));
    } while (!cursor.isEmpty());
    QCOMPARE(seen, expected);
}

void TestSessionPages::anotherNumberThanSeen_endsNobody()
{
    const TokenPair ann = join(u"ann"_s);
    const TokenPair bob = join(u"bob"_s);
    for (const qint64 seen : {0, 1, 3, 1'000'000})
        QCOMPARE(got(m_w->console.ask(RevokeShown {.seen = seen})).error().code, ErrorCode::Conflict);
    QCOMPARE(got(m_w->console.ask(RevokeShown {.seen = -1})).error().code, ErrorCode::InvalidInput);
    QVERIFY(m_w->world.isGood(ann.accessToken));
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = {bob.session.id}})), 1); // between the question and the order
    QCOMPARE(got(m_w->console.ask(RevokeShown {.seen = 2})).error().code, ErrorCode::Conflict);
    QVERIFY(m_w->world.isGood(ann.accessToken));
    QCOMPARE(got(m_w->console.ask(RevokeShown {.seen = 1})), 1);
}

/// On a busy server their number is another one before anybody has read it.
void TestSessionPages::whoCameSince_staysSignedIn()
{
    const TokenPair ann = join(u"ann"_s);
    const TokenPair bob = join(u"bob"_s);
    const SessionCounts seen = got(m_w->console.ask(CountSessions {})).value();
    QCOMPARE(seen.newest, bob.session.id);
    const TokenPair eve = join(u"eve"_s);
    QCOMPARE(got(m_w->console.ask(RevokeShown {.seen = 1, .newest = seen.newest})).error().code, ErrorCode::Conflict); // two were there
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = {bob.session.id}})), 1);
    QCOMPARE(got(m_w->console.ask(RevokeShown {.seen = seen.live, .newest = seen.newest})), 1);
    QVERIFY(!m_w->world.isGood(ann.accessToken));
    QVERIFY(m_w->world.isGood(eve.accessToken));
}

void TestSessionPages::revokeShown_canBeStopped()
{
    joinMany(10);
    auto ending = m_w->console.ask(RevokeShown {.seen = 1000});
    QFutureWatcher<Result<int>> watcher;
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, this, [&ending](int done) {
        if (done > 0)
            ending.cancel();
    });
    watcher.setFuture(ending);
    QTRY_VERIFY(ending.isFinished());
    const qint64 left = got(m_w->console.ask(CountSessions {}))->live;
    QVERIFY2(left < 1000 && left % 200 == 0, "whole pieces were ended");
    QCOMPARE(got(m_w->console.ask(RevokeShown {.seen = left})), int(left));
}

void TestSessionPages::failureMidway_saysHowManyHaveEnded_data()
{
    QTest::addColumn<QString>("order");
    QTest::addColumn<std::optional<qint64>>("ended");
    QTest::newRow("all shown") << u"shown"_s << std::optional<qint64>(200);
    QTest::newRow("some, one by one") << u"some"_s << std::optional<qint64>(200);
    QTest::newRow("those of a key") << u"key"_s << std::optional<qint64>(200);
    QTest::newRow("in the first piece: nothing is done") << u"few"_s << std::optional<qint64>();
    QTest::newRow("in the first piece, after the key") << u"few of a key"_s << std::optional<qint64>(0);
}

/// As when the disk is full in the middle of it: what is ended stays ended, and nobody may say that nothing was done.
void TestSessionPages::failureMidway_saysHowManyHaveEnded()
{
    QFETCH(QString, order);
    using Ended = std::optional<qint64>;
    QFETCH(Ended, ended);
    const bool isFew = order.startsWith(u"few"_s);
    if (!isFew)
        joinMany(2);
    join(u"ann"_s);
    const auto live = got(m_w->console.ask(ListSessions {.limit = 500}))->rows;
    QVERIFY(m_w->world.database->write([&](DbConnection &connection) {
        return connection.execute(u"CREATE TEMP TRIGGER fails BEFORE UPDATE OF revoked_at ON sessions WHEN "
                                  "(SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL) >= %1 "
                                  "BEGIN SELECT RAISE(ABORT, 'as told'); END"_s.arg(ended.value_or(0)));
    }));
    QList<Id> ids;
    for (const SessionView &session : live)
        ids += session.id;
    std::optional<Error> error;
    const auto take = [&error](const auto &result) { error = result ? std::optional<Error>() : result.error(); };
    if (order.endsWith(u"key"_s))
        take(got(m_w->console.ask(RevokeKey {.kid = m_w->world.keys.ring()->current(KeyPurpose::Refresh).kid})));
    else if (order == "shown"_L1)
        take(got(m_w->console.ask(RevokeShown {.seen = live.size()})));
    else
        take(got(m_w->console.ask(RevokeSessions {.sessions = ids})));
    QVERIFY(error);
    QCOMPARE(error->ended, ended);
    QVERIFY2(!error->detail.contains(u"200"_s), qPrintable(error->detail));
    QCOMPARE(got(m_w->console.ask(CountSessions {}))->live, live.size() - ended.value_or(0));
}

void TestSessionPages::ended_areShownForADay()
{
    const TokenPair ann = join(u"ann"_s);
    join(u"bob"_s);
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = {ann.session.id}})).value_or(-1), 1);
    const SessionFilter all {.text = {}, .user = {}, .ended = true};
    QCOMPARE(emailsOf({}), QStringList {u"bob"_s});
    QCOMPARE(emailsOf(all), (QStringList {u"bob"_s, u"ann"_s}));
    QCOMPARE(emailsOf({.text = {}, .user = ann.user.id, .ended = true}), QStringList {u"ann"_s});
    m_w->clock.advance(std::chrono::days {1});
    QCOMPARE(emailsOf(all), QStringList {u"bob"_s});
    m_w->clock.advance(std::chrono::days {13}); // bob's has ended by time
    QVERIFY(emailsOf({}).isEmpty());
    QCOMPARE(emailsOf(all), QStringList {u"bob"_s});
}

void TestSessionPages::revokeShown_endsWhatIsShown()
{
    const TokenPair ann = join(u"ann"_s);
    const Client other {.address = QHostAddress(u"192.0.2.8"_s), .userAgent = u"x"_s};
    const TokenPair again =
        tokensOf(m_w->world.signIn.byPassword({.email = u"ann@example.com"_s, .password = password}, other, m_w->clock.now())).value();
    const TokenPair bob = join(u"bob"_s);
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = {.text = u"nobody"_s, .user = {}, .ended = false}, .seen = 0})).value_or(-1), 0);
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = {.text = u"ann@"_s, .user = {}, .ended = true}, .seen = 2})).value_or(-1), 2);
    QVERIFY(!m_w->world.isGood(ann.accessToken));
    QVERIFY(!m_w->world.isGood(again.accessToken));
    QVERIFY(m_w->world.isGood(bob.accessToken));
    QCOMPARE(got(m_w->console.ask(RevokeShown {.filter = {.text = u"ann@"_s, .user = {}, .ended = true}, .seen = 0})).value_or(-1), 0);
}

void TestSessionPages::revokeShown_ofMoreThanAPage()
{
    joinMany(7);
    const TokenPair bob = join(u"bob"_s);
    const auto ended = got(m_w->console.ask(RevokeShown {.filter = {.text = u"many"_s, .user = {}, .ended = false}, .seen = 700}));
    QVERIFY2(ended, qPrintable(ended ? QString() : ended.error().detail));
    QCOMPARE(*ended, 700);
    QVERIFY(m_w->world.isGood(bob.accessToken));
}

void TestSessionPages::revoke_countsLiveOnes()
{
    const TokenPair ann = join(u"ann"_s);
    const TokenPair bob = join(u"bob"_s);
    const Id unknown = Id::create(m_w->clock.now());
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = {ann.session.id, unknown, ann.session.id}})).value_or(-1), 1);
    QCOMPARE(got(m_w->console.ask(RevokeSessions {.sessions = {ann.session.id}})).value_or(-1), 0);
    QCOMPARE(got(m_w->console.ask(RevokeSessions {})).value_or(-1), 0);
    QVERIFY(m_w->world.isGood(bob.accessToken));
    QCOMPARE(got(m_w->console.ask(ReadOverview {}))->counts->liveSessions, 1);
}

void TestSessionPages::userPages_showEachRowOnce()
{
    QStringList expected;
    for (const char *name : {"zoe", "ann", "bob", "_x", "mia", "al%l", "eve"})
        expected += join(QString::fromLatin1(name)).user.email;
    expected.sort();
    QStringList seen;
    QString cursor;
    do {
        const auto page = got(m_w->console.ask(ListUsers {.cursor = cursor, .limit = 2}));
        for (const UserView &row : page->rows)
            seen += row.email;
        cursor = page->next;
    } while (!cursor.isEmpty());
    QCOMPARE(seen, expected);
    QCOMPARE(got(m_w->console.ask(ListUsers {.text = u"L%L"_s, .limit = 10}))->rows.size(), 1);
}

void TestSessionPages::backwards_readsTheSameList_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << QString();
    QTest::newRow("what matches") << u"USER"_s;
}

void TestSessionPages::backwards_readsTheSameList()
{
    QFETCH(QString, text);
    QStringList expected;
    for (int i = 0; i < 20; ++i)
        expected.prepend(join(u"user%1"_s.arg(i)).user.email);
    QStringList seen;
    QString cursor;
    do {
        const auto page = got(m_w->console.ask(ListSessions {.filter = {.text = text}, .cursor = cursor, .limit = 5, .backwards = true}));
        QVERIFY(page && page->rows.size() == 5); // also the last one: nobody is led to an empty page
        QStringList part;
        for (const SessionView &row : page->rows)
            part += row.email;
        seen = part + seen;
        cursor = page->next;
    } while (!cursor.isEmpty());
    QCOMPARE(seen, expected);
}

void TestSessionPages::time_partsTheList()
{
    QStringList older;
    QStringList newer;
    for (int i = 0; i < 6; ++i)
        older.prepend(join(u"older%1"_s.arg(i)).user.email);
    const TimePoint time = m_w->clock.now() + Milliseconds {1};
    for (int i = 0; i < 6; ++i)
        newer.prepend(join(u"newer%1"_s.arg(i)).user.email);
    for (const QString &text : {QString(), u"example"_s}) {
        for (const bool backwards : {false, true}) {
            const auto page = got(
                m_w->console.ask(ListSessions {.filter = {.text = text}, .cursor = cursorAt(time), .limit = 6, .backwards = backwards}));
            QStringList seen;
            for (const SessionView &row : page->rows)
                seen += row.email;
            QCOMPARE(seen, backwards ? newer : older);
        }
    }
}

void TestSessionPages::letter_partsTheUsers_data()
{
    QTest::addColumn<QString>("letter");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("behind");
    QTest::newRow("that somebody has") << u"b"_s << QString() << u"_x al%l ann"_s << u"bob eve mia zoe"_s;
    QTest::newRow("that nobody has") << u"f"_s << QString() << u"al%l ann bob eve"_s << u"mia zoe"_s;
    QTest::newRow("the last one") << u"z"_s << QString() << u"ann bob eve mia"_s << u"zoe"_s;
    QTest::newRow("of those that match") << u"b"_s << u"l@E"_s << u"al%l"_s << QString();
    QTest::newRow("none: the begin, and the end") << QString() << QString() << u"bob eve mia zoe"_s << u"_x al%l ann bob"_s;
}

void TestSessionPages::letter_partsTheUsers()
{
    QFETCH(QString, letter);
    QFETCH(QString, text);
    for (const char *name : {"zoe", "ann", "bob", "_x", "mia", "al%l", "eve"})
        join(QString::fromLatin1(name));
    const auto names = [&](bool backwards) {
        const auto page = got(m_w->console.ask(ListUsers {.text = text, .cursor = letter, .limit = 4, .backwards = backwards}));
        QStringList listed;
        for (const UserView &row : page->rows)
            listed += row.email.section(u'@', 0, 0);
        return listed.join(u' ');
    };
    QTEST(names(true), "before");
    QTEST(names(false), "behind");
}

void TestSessionPages::users_areFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("a name in capitals") << u"мария"_s << QStringList {u"МАРИЯ"_s};
    QTest::newRow("a name in small letters") << u"МАРИЯ"_s << QStringList {u"МАРИЯ"_s};
    QTest::newRow("decomposed") << u"jose\u0301"_s << QStringList {u"José Öztürk"_s};
    QTest::newRow("composed, in capitals") << u"JOSÉ Ö"_s << QStringList {u"José Öztürk"_s};
    QTest::newRow("sharp s") << u"STRASSE"_s << QStringList {u"Straße"_s};
    QTest::newRow("one letter") << u"я"_s << QStringList {u"МАРИЯ"_s};
    QTest::newRow("two letters") << u"öz"_s << QStringList {u"José Öztürk"_s};
    QTest::newRow("a whole address") << u"U1@EXAMPLE.com"_s << QStringList {u"José Öztürk"_s};
    QTest::newRow("the end of an address") << u"1@example.com"_s << QStringList {u"José Öztürk"_s};
    QTest::newRow("a per cent sign is one") << u"%"_s << QStringList {u"100 % _\\_ \"quoted\""_s};
    QTest::newRow("an underscore is one") << u"_\\_"_s << QStringList {u"100 % _\\_ \"quoted\""_s};
    QTest::newRow("a quote") << u"\"quoted\""_s << QStringList {u"100 % _\\_ \"quoted\""_s};
    QTest::newRow("an operator of full-text search") << u"U1 OR U2"_s << QStringList {};
    QTest::newRow("SQL") << u"' OR 1=1 --"_s << QStringList {};
    QTest::newRow("an emoji") << u"🦊"_s << QStringList {u"fox 🦊"_s};
    QTest::newRow("Hebrew") << u"שלום"_s << QStringList {u"שלום"_s};
    QTest::newRow("nobody") << u"nobody"_s << QStringList {};
}

void TestSessionPages::users_areFound()
{
    QFETCH(QString, text);
    const QStringList all {u"МАРИЯ"_s, u"José Öztürk"_s, u"Straße"_s, u"100 % _\\_ \"quoted\""_s, u"fox 🦊"_s, u"שלום"_s};
    for (int i = 0; i < all.size(); ++i)
        QVERIFY(got(m_w->console.ask(CreateUser {
            .user = {.email = u"u%1@example.com"_s.arg(i), .name = all[i], .password = password, .roles = {}, .passwordHash = {}}})));
    QStringList names;
    const auto page = got(m_w->console.ask(ListUsers {.text = text, .limit = 10}));
    for (const UserView &row : page->rows)
        names += row.name;
    QTEST(names, "names");
    QCOMPARE(got(m_w->console.ask(CountUsers {.text = text})), names.size());
}

void TestSessionPages::users_areFoundByWhatTheyBecame()
{
    const Id ann = join(u"ann"_s).user.id;
    QVERIFY(m_w->world.accounts.edit(ann, {.name = u"ÅSE"_s}, u"user"_s, m_w->clock.now()));
    QCOMPARE(got(m_w->console.ask(ListUsers {.text = u"åse"_s, .limit = 10}))->rows.size(), 1);
    QVERIFY(m_w->world.accounts.edit(ann, {.name = QString()}, u"user"_s, m_w->clock.now()));
    QCOMPARE(got(m_w->console.ask(ListUsers {.text = u"åse"_s, .limit = 10}))->rows.size(), 0);
    QCOMPARE(got(m_w->console.ask(ListUsers {.text = u"ann"_s, .limit = 10}))->rows.size(), 1);
}

QTEST_GUILESS_MAIN(TestSessionPages)
#include "TestSessionPages.moc"
