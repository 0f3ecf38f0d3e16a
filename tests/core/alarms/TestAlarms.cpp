#include "core/alarms/AlarmListener.h"
#include "core/alarms/AlarmStore.h"
#include "core/alarms/Alarms.h"
#include "tests/support/LogCapture.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// What waits for the database, and what the server's health makes of itself; and that those who notice something have it stay.
class TestAlarms : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void noted_isWrittenOnce();
    void noted_isCountedWhileItWaits();
    void noted_waitsWhileNothingCanBeWritten();
    void noted_isBounded();
    void problem_isOneAlarm_asLongAsItStands();
    void problem_thatFlickers_isCounted_andToldOnce();
    void problem_afterTheClockWasSetBack_isToldAgain();
    void problem_ofWhoeverReloads_isNone();
    void guesser_stays();
    void guesser_whomTheDiskRefuses_staysLater();
    void exceededLimit_stays_withoutAWrite();
    void reuse_staysWithItsSession();

private:
    class Listener final : public AlarmListener
    {
    public:
        void problemBegan(const RaisedAlarm &alarm) override { began += alarm.about; }
        void alarmsStored() override { ++stored; }

        QStringList began;
        int stored = 0;
    };

    QList<RaisedAlarm> rows() const
    {
        QList<RaisedAlarm> all;
        (void)AlarmStore::each(m_world->database->reader(), {}, {}, [&all](const StoredAlarm &alarm) {
            all += alarm.raised;
            return true;
        });
        return all;
    }
    void execute(const QString &sql) const
    {
        QVERIFY(m_world->database->write([&sql](DbConnection &connection) { return connection.execute(sql); }));
    }
    void refuseRows() const { execute(u"CREATE TRIGGER no_alarms BEFORE INSERT ON alarms BEGIN SELECT RAISE(ABORT, 'no room'); END"_s); }
    void takeRows() const { execute(u"DROP TRIGGER no_alarms"_s); }
    Problem problem(const QString &code, Milliseconds age = {}) const
    {
        return {.code = code, .detail = u"/data"_s, .since = m_clock.now() - age};
    }
    RaisedAlarm limit(const QString &name) const { return {.type = AlarmType::LimitExceeded, .about = name, .at = m_clock.now()}; }

    Listener m_listener;
    std::unique_ptr<Alarms> m_alarms;
};

void TestAlarms::init()
{
    WorldTest::init();
    m_listener.began.clear();
    m_listener.stored = 0;
    m_alarms = std::make_unique<Alarms>(*m_world->database, m_listener);
}

void TestAlarms::cleanup()
{
    m_alarms.reset();
    WorldTest::cleanup();
}

void TestAlarms::noted_isWrittenOnce()
{
    m_alarms->store();
    QCOMPARE(m_listener.stored, 0); // there was nothing
    m_alarms->note(limit(u"mine"_s));
    QVERIFY(rows().isEmpty());
    m_alarms->store();
    m_alarms->store();
    QCOMPARE(rows().size(), 1);
    QCOMPARE(m_listener.stored, 1);
}

void TestAlarms::noted_isCountedWhileItWaits()
{
    const TimePoint began = m_clock.now();
    for (int i = 0; i < 3; ++i) {
        RaisedAlarm alarm = limit(u"mine"_s);
        alarm.address = u"10.0.0.%1"_s.arg(i);
        m_alarms->note(alarm);
        m_clock.advance(1s);
    }
    m_alarms->store();
    QCOMPARE(rows().size(), 1);
    const RaisedAlarm row = rows().first();
    QCOMPARE(row.times, 3);
    QCOMPARE(row.at, began);
    QCOMPARE(row.lastAt, began + 2s);
    QCOMPARE(row.address, u"10.0.0.2"_s);
}

void TestAlarms::noted_waitsWhileNothingCanBeWritten()
{
    const RaisedAlarm first = limit(u"mine"_s);
    m_alarms->note(first);
    refuseRows();
    m_alarms->store();
    QCOMPARE(m_listener.stored, 0);
    m_clock.advance(10min);
    m_alarms->note(limit(u"mine"_s));
    m_alarms->store();
    takeRows();
    m_alarms->store();
    QCOMPARE(m_listener.stored, 1);
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().first().at, first.at);
    QCOMPARE(rows().first().times, 2);
}

void TestAlarms::noted_isBounded()
{
    const LogCapture log;
    for (int i = 0; i < Alarms::mostWaiting + 50; ++i)
        m_alarms->note(limit(QString::number(i)));
    m_alarms->note(limit(u"0"_s)); // of one that is known there is always room
    m_alarms->store();
    QCOMPARE(rows().size(), Alarms::mostWaiting);
    QCOMPARE(rows().last().times, 2);
    QCOMPARE(log.text().count("alarms_dropped"), 1);
}

void TestAlarms::problem_isOneAlarm_asLongAsItStands()
{
    const QList<Problem> problems {problem(u"disk_low"_s, 1s), problem(u"clock_jumped"_s, 1min)};
    for (int i = 0; i < 3; ++i) {
        m_alarms->watch(problems, m_clock.now());
        m_clock.advance(2s);
    }
    m_alarms->store();
    QCOMPARE(m_listener.began, QStringList({u"disk_low"_s, u"clock_jumped"_s}));
    QCOMPARE(rows().size(), 2);
    QCOMPARE(rows().first().about, u"disk_low"_s);
    QCOMPARE(rows().first().detail, u"/data"_s);
    QCOMPARE(rows().first().at, problems.first().since);
    QCOMPARE(rows().first().times, 1);
}

void TestAlarms::problem_thatFlickers_isCounted_andToldOnce()
{
    for (int i = 0; i < 5; ++i) {
        m_alarms->watch({problem(u"database_locked"_s)}, m_clock.now());
        m_alarms->store();
        m_alarms->watch({}, m_clock.now());
        m_clock.advance(2s);
    }
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().first().times, 5);
    QCOMPARE(m_listener.began, QStringList {u"database_locked"_s});
    m_alarms->watch({problem(u"database_locked"_s)}, m_clock.now()); // gone and back between two looks
    m_alarms->watch({problem(u"database_locked"_s, -1s)}, m_clock.now());
    m_alarms->store();
    QCOMPARE(rows().first().times, 7);
    m_clock.advance(25h);
    m_alarms->watch({problem(u"database_locked"_s)}, m_clock.now());
    QCOMPARE(m_listener.began.size(), 2);
}

/// A machine that began in the wrong year still tells.
void TestAlarms::problem_afterTheClockWasSetBack_isToldAgain()
{
    m_clock.advance(100'000h);
    m_alarms->watch({problem(u"disk_low"_s)}, m_clock.now());
    m_alarms->watch({}, m_clock.now());
    m_alarms->store();
    m_clock.advance(-100'000h);
    m_alarms->watch({problem(u"disk_low"_s)}, m_clock.now());
    m_alarms->store();
    QCOMPARE(m_listener.began.size(), 2);
    QCOMPARE(rows().size(), 2);
}

void TestAlarms::problem_ofWhoeverReloads_isNone()
{
    m_alarms->watch({problem(u"reload_failed"_s)}, m_clock.now());
    m_alarms->store();
    QVERIFY(rows().isEmpty() && m_listener.began.isEmpty());
}

void TestAlarms::guesser_stays()
{
    const auto ann = m_world->join(u"ann@example.com"_s);
    m_world->throttle.raise({.at = m_clock.now(),
                             .address = u"203.0.113.66"_s,
                             .account = u"ann@example.com"_s,
                             .fromAddress = 7,
                             .atAccount = 60,
                             .sign = GuessSign::FailuresInARow});
    QCOMPARE(rows().size(), 1);
    const RaisedAlarm row = rows().first();
    QCOMPARE(row.type, AlarmType::BruteForce);
    QCOMPARE(row.about, u"failures_in_a_row"_s);
    QCOMPARE(row.count, 60);
    QCOMPARE(row.user, ann->user.id);
    QCOMPARE(row.email, u"ann@example.com"_s);
    QCOMPARE(row.address, u"203.0.113.66"_s);
}

void TestAlarms::guesser_whomTheDiskRefuses_staysLater()
{
    refuseRows();
    m_world->throttle.raise({.at = m_clock.now(), .address = u"203.0.113.66"_s, .account = u"nobody"_s, .fromAddress = 51, .atAccount = 2});
    QVERIFY(m_world->listener.names().contains(u"brute force from 203.0.113.66"_s)); // told at once all the same
    m_world->core->alarms.store();
    QVERIFY(rows().isEmpty());
    takeRows();
    m_world->core->alarms.store();
    QCOMPARE(rows().size(), 1);
    QVERIFY(rows().first().user.isNull());
}

void TestAlarms::exceededLimit_stays_withoutAWrite()
{
    m_world->throttle.noteExceeded(u"mine"_s, QHostAddress(u"2001:db8:1:2::3"_s), u"ann@example.com"_s, m_clock.now());
    QVERIFY(rows().isEmpty());
    m_world->core->alarms.store();
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().first().about, u"mine"_s);
    QCOMPARE(rows().first().address, u"2001:db8:1:2::/64"_s);
}

/// In the transaction that ends the session.
void TestAlarms::reuse_staysWithItsSession()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    QVERIFY(pair);
    m_clock.advance(1min);
    QVERIFY(m_world->refresh(pair->refreshToken));
    m_clock.advance(1min);
    m_world->client.address = QHostAddress(u"203.0.113.66"_s);
    refuseRows();
    QVERIFY(!m_world->refresh(pair->refreshToken));
    QVERIFY(!m_world->listener.names().contains(u"ended reuse"_s)); // both, or neither
    takeRows();
    QVERIFY(!m_world->refresh(pair->refreshToken));
    QVERIFY(m_world->listener.names().contains(u"ended reuse"_s));
    QCOMPARE(rows().size(), 1);
    const RaisedAlarm row = rows().first();
    QCOMPARE(row.type, AlarmType::RefreshReused);
    QCOMPARE(row.session, pair->session.id);
    QCOMPARE(row.user, pair->user.id);
    QCOMPARE(row.email, u"ann@example.com"_s);
    QCOMPARE(row.address, u"203.0.113.66"_s);
    QCOMPARE(row.openedFrom, u"192.0.2.7"_s);
}

QTEST_GUILESS_MAIN(TestAlarms)
#include "TestAlarms.moc"
