#include "core/sessions/RefreshChain.h"
#include "core/sessions/SessionStore.h"
#include "tests/support/WorldTest.h"

#include <QFile>
#include <QTest>

#include <barrier>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

class TestSessions : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void refresh_rotates();
    void refresh_inParallel_convergesOnOneSuccessor();
    void refresh_ofASpentTokenWithinGrace_givesTheSameSuccessor();
    void reuse_revokesFamily_data();
    void reuse_revokesFamily();
    void refresh_ends_data();
    void refresh_ends();
    void refresh_keepsAliveUntilTheAbsoluteEnd();
    void refresh_ofADisabledAccount_isRefused();
    void revokedSession_isRefusedAtOnceOnEveryThread();
    void logout_isIdempotent();
    void restoredBackup_isCaughtUpWith_data();
    void restoredBackup_isCaughtUpWith();
    void afterARestore_replaysAreStillCaught();
    void sessionsOpenedAfterTheBackup_areGone();
    void earlierRunsTokens_areLookedUpOnce();
    void reuse_namesWhoPresented();
    void list_holdsTheAskingOne();
    void massRevocation_letsOthersWriteBetween_data();
    void massRevocation_letsOthersWriteBetween();

private:
    void backUp();
    void restore();
};

void TestSessions::backUp()
{
    m_world.reset();
    QVERIFY(QFile::copy(m_folder->filePath(u"warder.db"_s), m_folder->filePath(u"backup"_s)));
    reopen();
}

void TestSessions::restore()
{
    m_world.reset();
    for (const QString &name : {u"warder.db"_s, u"warder.db-wal"_s, u"warder.db-shm"_s})
        QFile::remove(m_folder->filePath(name));
    QVERIFY(QFile::copy(m_folder->filePath(u"backup"_s), m_folder->filePath(u"warder.db"_s)));
    reopen();
}

void TestSessions::refresh_rotates()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    m_clock.advance(Seconds {60});
    const auto second = m_world->refresh(first->refreshToken);
    QVERIFY(second);
    QVERIFY(second->refreshToken != first->refreshToken);
    QCOMPARE(second->session.id, first->session.id);
    QCOMPARE(second->session.generation, 1);
    QVERIFY(m_world->isGood(second->accessToken));
    m_clock.advance(Seconds {60});
    QVERIFY(m_world->refresh(second->refreshToken));
}

void TestSessions::refresh_inParallel_convergesOnOneSuccessor()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    constexpr int callers = 32;
    QList<Result<TokenPair>> answers(callers, refused(ErrorCode::Internal));
    std::barrier together(callers);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < callers; ++i)
            threads.emplace_back([&, slot = &answers[i]] {
                together.arrive_and_wait();
                *slot = m_world->refresh(first->refreshToken);
            });
    }
    for (const auto &answer : answers) {
        QVERIFY(answer);
        QCOMPARE(answer->refreshToken, answers.first()->refreshToken);
        QVERIFY(m_world->isGood(answer->accessToken));
    }
    const auto session = m_world->sessions.findByUser(first->user.id, m_clock.now()).value().first();
    QCOMPARE(session.generation, 1);
    QCOMPARE(session.graceHits, callers - 1);
}

void TestSessions::refresh_ofASpentTokenWithinGrace_givesTheSameSuccessor()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    const auto second = m_world->refresh(first->refreshToken);
    m_clock.advance(Milliseconds {29'999});
    const auto again = m_world->refresh(first->refreshToken);
    QVERIFY(again);
    QCOMPARE(again->refreshToken, second->refreshToken);
    QVERIFY(m_world->refresh(second->refreshToken));
}

void TestSessions::reuse_revokesFamily_data()
{
    QTest::addColumn<int>("rotations");
    QTest::addColumn<int>("waitMs");
    QTest::newRow("exactly at the end of grace") << 1 << 30'000;
    QTest::newRow("a second after grace") << 1 << 31'000;
    QTest::newRow("the grandparent, at once") << 2 << 0;
    QTest::newRow("an ancestor, much later") << 5 << 3'600'000;
}

void TestSessions::reuse_revokesFamily()
{
    QFETCH(int, rotations);
    QFETCH(int, waitMs);
    const auto first = m_world->join(u"ann@example.com"_s);
    auto newest = first;
    for (int i = 0; i < rotations; ++i)
        newest = m_world->refresh(newest->refreshToken);
    m_clock.advance(Milliseconds {waitMs});

    const auto reused = m_world->refresh(first->refreshToken);
    QVERIFY(!reused);
    QCOMPARE(reused.error().code, ErrorCode::InvalidToken);
    QVERIFY(!m_world->isGood(newest->accessToken));
    QVERIFY(!m_world->refresh(newest->refreshToken));
    QVERIFY(m_world->listener.names().contains(u"reused from 192.0.2.7"_s));
    QVERIFY(m_world->listener.names().contains(u"ended reuse"_s));

    // The refusal is answered, so the revocation must be on disk: another process sees it.
    reopen();
    QVERIFY(!m_world->refresh(newest->refreshToken));
    if (waitMs < 900'000)
        QVERIFY(m_world->revocations.contains(newest->session.id));
}

void TestSessions::refresh_ends_data()
{
    QTest::addColumn<qint64>("waitMs");
    QTest::addColumn<bool>("good");
    constexpr qint64 day = 24LL * 3600 * 1000;
    QTest::newRow("one ms before the idle limit") << 14 * day - 1 << true;
    QTest::newRow("exactly at the idle limit") << 14 * day << false;
    QTest::newRow("after the absolute limit") << 91 * day << false;
}

void TestSessions::refresh_ends()
{
    QFETCH(qint64, waitMs);
    const auto first = m_world->join(u"ann@example.com"_s);
    m_clock.advance(Milliseconds {waitMs});
    QTEST(m_world->refresh(first->refreshToken).has_value(), "good");
}

void TestSessions::refresh_keepsAliveUntilTheAbsoluteEnd()
{
    auto pair = m_world->join(u"ann@example.com"_s);
    for (int day = 13; day < 90; day += 13) {
        m_clock.advance(std::chrono::days {13});
        pair = m_world->refresh(pair->refreshToken);
        QVERIFY2(pair, qPrintable(QString::number(day)));
        QCOMPARE(pair->session.idleExpiresAt, std::min(m_clock.now() + std::chrono::days {14}, pair->session.expiresAt));
    }
    m_clock.advance(std::chrono::days {12});
    QVERIFY(!m_world->refresh(pair->refreshToken));
}

void TestSessions::refresh_ofADisabledAccount_isRefused()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const auto stored = m_world->database->write([&](Transaction &transaction) { // without ending its sessions, as no service does
        return m_world->accounts.setDisabled(transaction, pair->user.id, true, m_clock.now());
    });
    QVERIFY(stored);
    QCOMPARE(m_world->refresh(pair->refreshToken).error().code, ErrorCode::InvalidToken);
}

void TestSessions::revokedSession_isRefusedAtOnceOnEveryThread()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    std::atomic<bool> ended = false;
    std::atomic<int> accepted = 0;
    std::atomic<int> asked = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&](const std::stop_token &stop) {
                while (!stop.stop_requested()) {
                    const bool after = ended.load();
                    const bool good = m_world->isGood(pair->accessToken);
                    accepted += after && good;
                    asked += after;
                }
            });
        QCOMPARE(m_world->sessions.revokeById({pair->session.id}, SessionEnd::Admin, u"test"_s, m_clock.now()).value(), 1);
        ended = true;
        while (asked < 400) {
        }
    }
    QCOMPARE(accepted.load(), 0);
}

void TestSessions::logout_isIdempotent()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->sessions.logoutByToken(pair->refreshToken, m_clock.now()));
    QVERIFY(m_world->sessions.logoutByToken(pair->refreshToken, m_clock.now()));
    QVERIFY(m_world->sessions.logoutByToken("nonsense", m_clock.now()));
    QVERIFY(!m_world->isGood(pair->accessToken));
    QCOMPARE(m_world->listener.names().count(u"ended logout"_s), 1);
}

void TestSessions::restoredBackup_isCaughtUpWith_data()
{
    QTest::addColumn<int>("before"); // rotations
    QTest::addColumn<int>("after");
    QTest::newRow("one refresh after the backup") << 0 << 1;
    QTest::newRow("three") << 0 << 3;
    QTest::newRow("two before, five after") << 2 << 5;
}

void TestSessions::restoredBackup_isCaughtUpWith()
{
    QFETCH(int, before);
    QFETCH(int, after);
    auto newest = m_world->join(u"ann@example.com"_s);
    for (int i = 0; i < before; ++i)
        newest = m_world->refresh(newest->refreshToken);
    backUp();
    for (int i = 0; i < after; ++i) {
        m_clock.advance(Seconds {600});
        newest = m_world->refresh(newest->refreshToken);
    }
    m_clock.advance(Seconds {600});
    restore();
    const auto first = m_world->refresh(newest->refreshToken);
    QVERIFY(first);
    QCOMPARE(first->session.generation, before + after + 1);
    QCOMPARE(refresh_chain::stepsOf(first->session.refreshes).last().what, Rotation::Ahead);
    const auto parallel = m_world->refresh(newest->refreshToken); // another tab: the grace window is the same
    QVERIFY(parallel);
    QCOMPARE(parallel->refreshToken, first->refreshToken);
    m_clock.advance(Seconds {600});
    const auto second = m_world->refresh(first->refreshToken);
    QVERIFY(second);
    QVERIFY(m_world->isGood(second->accessToken));
    QVERIFY(m_world->listener.names().filter(u"reuse"_s).isEmpty());
    QVERIFY(!m_world->sessions.findLive(second->session.id, m_clock.now()).value()->revokedAt);
}

void TestSessions::afterARestore_replaysAreStillCaught()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    backUp();
    const auto second = m_world->refresh(first->refreshToken);
    const auto third = m_world->refresh(second->refreshToken);
    restore();
    const auto fourth = m_world->refresh(third->refreshToken);
    QVERIFY(fourth);
    m_clock.advance(Seconds {31});
    QVERIFY(!m_world->refresh(second->refreshToken)); // spent for certain: the row has moved on
    QVERIFY(!m_world->refresh(fourth->refreshToken));
    QVERIFY(m_world->listener.names().contains(u"ended reuse"_s));
}

void TestSessions::sessionsOpenedAfterTheBackup_areGone()
{
    const auto kept = m_world->join(u"ann@example.com"_s);
    backUp();
    m_clock.advance(Seconds {60});
    const auto later = m_world->login(u"ann@example.com"_s);
    const auto stranger = m_world->join(u"bob@example.com"_s);
    QVERIFY(m_world->isGood(later->accessToken));
    m_clock.advance(Seconds {60});
    restore();
    QVERIFY(m_world->isGood(kept->accessToken));
    QVERIFY(!m_world->isGood(later->accessToken)); // nothing shows or ends it: it must not work
    QVERIFY(!m_world->isGood(stranger->accessToken));
    QCOMPARE(m_world->refresh(later->refreshToken).error().code, ErrorCode::InvalidToken);
    QVERIFY(m_world->listener.names().filter(u"reuse"_s).isEmpty());
    QVERIFY(m_world->isGood(m_world->login(u"ann@example.com"_s)->accessToken));
}

void TestSessions::earlierRunsTokens_areLookedUpOnce()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    m_clock.advance(Seconds {60});
    reopen();
    QVERIFY(m_world->isGood(pair->accessToken));
    QVERIFY(m_world->database->write([](DbConnection &connection) { return connection.run(u"DELETE FROM sessions"_s); }));
    QVERIFY(m_world->isGood(pair->accessToken)); // from memory
    QVERIFY(m_world->sessions.revokeById({pair->session.id}, SessionEnd::Admin, u"test"_s, m_clock.now()));
}

void TestSessions::reuse_namesWhoPresented()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    m_world->client.address = QHostAddress(u"198.51.100.8"_s);
    QVERIFY(m_world->refresh(first->refreshToken));
    QCOMPARE(m_world->sessions.findByUser(first->user.id, m_clock.now()).value().first().lastAddress, u"198.51.100.8"_s);
    m_clock.advance(Seconds {31});
    m_world->client.address = QHostAddress(u"203.0.113.66"_s);
    QVERIFY(!m_world->refresh(first->refreshToken));
    QVERIFY(m_world->listener.names().contains(u"reused from 203.0.113.66"_s));
    const auto recorded =
        m_world->database->reader().one(u"SELECT address || ' ' || json_extract(details, '$.opened_from') FROM audit_events "
                                        "WHERE type = 'refresh_reused'"_s,
                                        {}, [](const Row &row) { return row.text(0); });
    QCOMPARE(recorded.value(), u"203.0.113.66 192.0.2.7"_s);
    const auto kept = SessionStore::findById(m_world->database->reader(), first->session.id).value().value();
    QCOMPARE(kept.address, u"192.0.2.7"_s);
    QCOMPARE(kept.lastAddress, u"203.0.113.66"_s);
}

void TestSessions::list_holdsTheAskingOne()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->database->write([&](DbConnection &connection) -> Result<void> { // as an earlier version could leave them
        Session session = first->session;
        for (int i = 0; i < 1100; ++i) {
            session.id = Id::create(m_clock.now() + Seconds {1});
            if (const auto inserted = SessionStore::insert(connection, session); !inserted)
                return inserted;
        }
        return {};
    }));
    const auto all = m_world->sessions.findByUser(first->user.id, m_clock.now(), first->session.id).value();
    QVERIFY(std::ranges::count(all, first->session.id, &Session::id) == 1);
    QCOMPARE(m_world->sessions.findByUser(first->user.id, m_clock.now(), all.first().id).value().size(), 1000);
    QCOMPARE(m_world->sessions.findByUser(first->user.id, m_clock.now(), Id::create(m_clock.now())).value().size(), 1000);
}

void TestSessions::massRevocation_letsOthersWriteBetween_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("sessions by id") << false;
    QTest::newRow("sessions of a revoked key") << true;
}

void TestSessions::massRevocation_letsOthersWriteBetween()
{
    QFETCH(bool, byKey);
    constexpr int many = 4000;
    const auto opened = m_world->join(u"ann@example.com"_s);
    QList<Id> ids {opened->session.id};
    QVERIFY(m_world->database->write([&](DbConnection &connection) -> Result<void> {
        Session session = opened->session;
        while (ids.size() < many) {
            ids += session.id = Id::create(m_clock.now());
            if (const auto inserted = SessionStore::insert(connection, session); !inserted)
                return inserted;
        }
        return {};
    }));
    std::set<qint64> seen; // how many were live whenever somebody else had a turn
    const TimePoint now = m_clock.now();
    std::jthread other([&](const std::stop_token &over) {
        const auto look = [&](DbConnection &connection) {
            return SessionStore::countLive(connection, now).transform([&](qint64 live) { (void)seen.insert(live); });
        };
        while (!over.stop_requested() && m_world->database->write(look)) {
        }
    });
    const QString kid = m_world->keys.ring()->current(KeyPurpose::Refresh).kid;
    const qint64 ended = byKey ? m_world->sessions.revokeKey(kid, u"console"_s, now).value().sessions
                               : m_world->sessions.revokeById(ids, SessionEnd::Admin, u"console"_s, now).value();
    other.request_stop();
    other.join();
    QCOMPARE(ended, many);
    seen.erase(0);
    seen.erase(many);
    QVERIFY2(qsizetype(seen.size()) >= many / Sessions::endedAtOnce / 2, QByteArray::number(qsizetype(seen.size())));
}

QTEST_GUILESS_MAIN(TestSessions)
#include "TestSessions.moc"
