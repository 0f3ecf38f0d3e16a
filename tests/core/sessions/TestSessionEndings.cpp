#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "tests/support/Together.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <barrier>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What may get between a session and its end: other threads, a restart, a write that fails.
class TestSessionEndings : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void revocations_forgetByTime();
    void secondLogout_isAnsweredOnlyWhenTokensAreRefused();
    void loginsWithTheOldPassword_doNotOutliveItsChange();
    void loginsOfADisabledAccount_doNotOutliveIt();
    void undoneEnding_isTakenBack();
    void undoneEnding_doesNotTakeBackALaterOne();
    void endedSession_isNeverToldAsLive();
    void removedAccountsTokens_stayRefusedAfterARestart();
    void endedSessions_stayRefusedAfterARestart();
    void passwordChange_needsItsOwnSession();
    void reuse_isRecorded();
    void reasons_meanOneOrAll_data();
    void reasons_meanOneOrAll();
    void keysAreRotatedBetweenRepeats_bothSuccessorsWork();

private:
    qint64 live(Id user) { return m_world->sessions.findByUser(user, m_clock.now()).value().size(); }
};

void TestSessionEndings::revocations_forgetByTime()
{
    Revocations revocations;
    const Id early = Id::create(m_clock.now());
    const Id late = Id::create(m_clock.now());
    QVERIFY(!revocations.contains(early));
    revocations.add(early, m_clock.now() + Seconds {10});
    revocations.add(late, m_clock.now() + Seconds {20});
    revocations.add(late, m_clock.now() + Seconds {5}); // never shortens
    revocations.prune(m_clock.now() + Milliseconds {9'999});
    QVERIFY(revocations.contains(early));
    revocations.prune(m_clock.now() + Seconds {10});
    QVERIFY(!revocations.contains(early));
    QVERIFY(revocations.contains(late));
    revocations.prune(m_clock.now() + Seconds {20});
    QCOMPARE(revocations.size(), 0);
    revocations.add(early, m_clock.now() + Seconds {60});
    QVERIFY(revocations.contains(early));
    revocations.remove(early);
    QVERIFY(!revocations.contains(early));
}

void TestSessionEndings::secondLogout_isAnsweredOnlyWhenTokensAreRefused()
{
    const auto joined = m_world->join(u"ann@example.com"_s);
    std::atomic<int> accepted = 0;
    for (int round = 0; round < 25; ++round) {
        const auto pair = m_world->login(u"ann@example.com"_s);
        std::barrier together(4);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                together.arrive_and_wait();
                if (!m_world->sessions.logoutByToken(pair->refreshToken, m_clock.now()))
                    ++accepted;
                accepted += m_world->isGood(pair->accessToken);
            });
    }
    QCOMPARE(accepted.load(), 0);
    QVERIFY(m_world->isGood(joined->accessToken));
}

void TestSessionEndings::loginsWithTheOldPassword_doNotOutliveItsChange()
{
    const auto joined = m_world->join(u"ann@example.com"_s);
    QString old = password;
    for (int round = 0; round < 15; ++round) {
        const QString next = u"password number %1"_s.arg(round);
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 3; ++i)
                threads.emplace_back([&, with = old](const std::stop_token &stop) {
                    while (!stop.stop_requested())
                        (void)m_world->login(u"ann@example.com"_s, with);
                });
            QVERIFY(m_world->changes.setPassword(joined->user.id, next, u"test"_s, m_clock.now()));
        }
        QCOMPARE(live(joined->user.id), 0);
        old = next;
    }
}

void TestSessionEndings::loginsOfADisabledAccount_doNotOutliveIt()
{
    const auto joined = m_world->join(u"ann@example.com"_s);
    for (int round = 0; round < 15; ++round) {
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 3; ++i)
                threads.emplace_back([&](const std::stop_token &stop) {
                    while (!stop.stop_requested())
                        (void)m_world->login(u"ann@example.com"_s);
                });
            QVERIFY(m_world->changes.setDisabled(joined->user.id, true, u"test"_s, m_clock.now()));
        }
        QCOMPARE(live(joined->user.id), 0);
        QVERIFY(m_world->changes.setDisabled(joined->user.id, false, u"test"_s, m_clock.now()));
    }
}

void TestSessionEndings::undoneEnding_isTakenBack()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    SessionEndings endings(m_world->revocations, m_world->listener, Seconds {900});
    const auto done = m_world->database->write([&](Transaction &transaction) {
        auto ended = endings.endEach(transaction, {pair->session.id}, SessionEnd::Admin, u"test"_s, m_clock.now());
        (void)transaction.connection().execute(u"ROLLBACK"_s); // as SQLite does when the disk is full
        return ended;
    });
    QVERIFY(!done);
    QVERIFY(m_world->isGood(pair->accessToken));
    QVERIFY(m_world->refresh(pair->refreshToken));
    QVERIFY(!m_world->listener.names().contains(u"ended admin"_s));
}

/// Two jobs of one batch end the same session; the first is undone, the second is not.
void TestSessionEndings::undoneEnding_doesNotTakeBackALaterOne()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    SessionEndings endings(m_world->revocations, m_world->listener, Seconds {900});
    WriteQueue queue(m_folder->filePath(u"warder.db"_s));
    QList<bool> good;
    const auto ending = [&](const Result<void> &verdict) {
        return [&, verdict](Transaction &transaction) {
            good += m_world->isGood(pair->accessToken);
            return endings.endEach(transaction, {pair->session.id}, SessionEnd::Admin, u"test"_s, m_clock.now())
                .and_then([&](const QList<Session> &ended) { return ended.size() == 1 ? verdict : refused(ErrorCode::Internal); });
        };
    };
    {
        Together batch(queue);
        batch.add(ending(refused(ErrorCode::Conflict)));
        batch.add(ending({}));
        QCOMPARE(batch.verdicts().value(1).has_value(), true);
    }
    QCOMPARE(good, (QList {true, true}));
    QVERIFY(!m_world->isGood(pair->accessToken));
    QCOMPARE(m_world->listener.names().count(u"ended admin"_s), 1);
}

/// While some renew and one signs out: what is told of a session ends with its end, and all of it by one thread.
void TestSessionEndings::endedSession_isNeverToldAsLive()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    for (int round = 0; round < 25; ++round) {
        const auto pair = m_world->login(u"ann@example.com"_s);
        std::barrier together(4);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                together.arrive_and_wait();
                if (i == 0)
                    (void)m_world->sessions.logoutByToken(pair->refreshToken, m_clock.now());
                for (int again = 0; i != 0 && again < 3; ++again)
                    (void)m_world->refresh(pair->refreshToken);
            });
    }
    QSet<Id> ended;
    std::set<std::thread::id> tellers;
    for (const auto &told : m_world->listener.told()) {
        QVERIFY2(!ended.contains(told.id), qPrintable(told.name));
        if (told.name.startsWith(u"ended"_s))
            ended += told.id;
        tellers.insert(told.thread);
    }
    QCOMPARE(ended.size(), 25);
    QCOMPARE(tellers.size(), 1u);
}

void TestSessionEndings::removedAccountsTokens_stayRefusedAfterARestart()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const auto other = m_world->join(u"bob@example.com"_s);
    QVERIFY(m_world->changes.remove(pair->user.id, u"test"_s, m_clock.now()));
    QVERIFY(!m_world->isGood(pair->accessToken));
    reopen();
    QVERIFY(!m_world->isGood(pair->accessToken));
    QVERIFY(m_world->isGood(other->accessToken));
    m_clock.advance(std::chrono::hours {1});
    reopen();
    QCOMPARE(m_world->revocations.size(), 0); // by now its tokens have expired
}

void TestSessionEndings::endedSessions_stayRefusedAfterARestart()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->sessions.logoutByToken(pair->refreshToken, m_clock.now()));
    m_clock.advance(Milliseconds {899'000});
    reopen();
    QVERIFY(!m_world->isGood(pair->accessToken));
    m_world->revocations.prune(m_clock.now() + Seconds {5});
    QVERIFY(m_world->revocations.contains(pair->session.id)); // its token is good until 905 s
}

/// Who knew the old password cannot set a new one from a session that the owner's change has ended.
void TestSessionEndings::passwordChange_needsItsOwnSession()
{
    const auto mine = m_world->join(u"ann@example.com"_s);
    const auto theirs = m_world->login(u"ann@example.com"_s);
    QVERIFY(m_world->sessions.revokeById({theirs->session.id}, SessionEnd::User, u"user"_s, m_clock.now()));
    const auto changed = m_world->changes.changePassword(mine->user.id, password, u"their new password", theirs->session.id, m_clock.now());
    QVERIFY(!changed);
    QCOMPARE(changed.error().code, ErrorCode::InvalidToken);
    QVERIFY(m_world->isGood(mine->accessToken));
    QVERIFY(m_world->login(u"ann@example.com"_s));
}

void TestSessionEndings::reuse_isRecorded()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->refresh(first->refreshToken));
    m_clock.advance(Seconds {31});
    for (int i = 0; i < 3; ++i)
        QVERIFY(!m_world->refresh(first->refreshToken));
    const auto recorded =
        m_world->database->reader().one(u"SELECT count(*) FROM audit_events WHERE type = 'refresh_reused' AND session_id = ?"_s,
                                        {bound(first->session.id)}, [](const Row &row) { return row.integer(0); });
    QCOMPARE(recorded.value(), 1);
    QCOMPARE(m_world->listener.names().count(u"reused from 192.0.2.7"_s), 1);
}

void TestSessionEndings::keysAreRotatedBetweenRepeats_bothSuccessorsWork()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    const auto second = m_world->refresh(first->refreshToken);
    QVERIFY(m_world->keys.rotate(KeyPurpose::Refresh, u"test"_s, m_clock.now()));
    const auto again = m_world->refresh(first->refreshToken);
    QVERIFY(again);
    QVERIFY(m_world->refresh(second->refreshToken));
    QVERIFY(m_world->refresh(again->refreshToken));
}

void TestSessionEndings::reasons_meanOneOrAll_data()
{
    QTest::addColumn<int>("reason");
    QTest::addColumn<bool>("all");
    const auto row = [](SessionEnd reason, bool all) { QTest::newRow(qPrintable(nameOf(reason))) << int(reason) << all; };
    for (const auto one : {SessionEnd::Logout, SessionEnd::User, SessionEnd::SignedInAgain, SessionEnd::TooMany, SessionEnd::KeyRevoked})
        row(one, false);
    for (const auto all : {SessionEnd::LogoutAll, SessionEnd::Admin, SessionEnd::PasswordChanged, SessionEnd::AccountDisabled,
                           SessionEnd::Reuse, SessionEnd::FactorsChanged, SessionEnd::Reported})
        row(all, true);
}

void TestSessionEndings::reasons_meanOneOrAll()
{
    QFETCH(int, reason);
    QFETCH(bool, all);
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->sessions.revokeById({pair->session.id}, SessionEnd(reason), u"test"_s, m_clock.now()));
    QCOMPARE(SessionStore::wasEndedAsAWhole(m_world->database->reader(), pair->user.id, m_clock.now()).value(), all);
}

QTEST_GUILESS_MAIN(TestSessionEndings)
#include "TestSessionEndings.moc"
