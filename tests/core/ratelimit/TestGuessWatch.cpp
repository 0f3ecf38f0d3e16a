#include "core/ratelimit/GuessWatch.h"

#include "tests/support/FakeClock.h"

#include <QTest>

#include <thread>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGuessWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void episodes_data();
    void episodes();
    void oneAlarm_namesBoth();
    void manyAddresses_areOneAccounts();
    void manyAccounts_areOneAddresses();
    void anotherEpisode_isAnotherAlarm();
    void oneAttack_isOneAlarm();
    void another_isAnotherAlarm();
    void privacyAddresses_areOne();
    void fullOfOthers_standsANewcomer();
    void whatCouldNotBeTold_isToldWithTheNext();
    void clockGoingBack_isNoEpisode();
    void strangersInARow_areAnAlarmLongBeforeAProof();
    void aStuffedNetwork_isAnAlarm();
    void threads_mayShareIt();

private:
    std::optional<BruteForce> deny(GuessWatch &watch, const QString &address, const QString &account = u"ann@example.com"_s)
    {
        return watch.denied(QHostAddress(address), account, m_clock.now());
    }
    test::FakeClock m_clock;
};

void TestGuessWatch::episodes_data()
{
    QTest::addColumn<int>("denials");
    QTest::addColumn<int>("everyMs");
    QTest::addColumn<int>("alarms");
    QTest::newRow("fifty at once") << 50 << 0 << 0;
    QTest::newRow("fifty-one at once") << 51 << 0 << 1;
    QTest::newRow("thousands at once") << 5000 << 0 << 1;
    QTest::newRow("fifty-one in just under five minutes") << 51 << 5'999 << 1;
    QTest::newRow("fifty-one in five minutes") << 51 << 6'000 << 0;
    QTest::newRow("one a minute for a day") << 1440 << 60'000 << 0;
    QTest::newRow("two a second for an hour") << 7200 << 500 << 1;
}

void TestGuessWatch::episodes()
{
    QFETCH(int, denials);
    QFETCH(int, everyMs);
    GuessWatch watch;
    int alarms = 0;
    for (int i = 0; i < denials; ++i, m_clock.advance(Milliseconds {everyMs}))
        alarms += deny(watch, u"203.0.113.66"_s).has_value();
    QTEST(alarms, "alarms");
}

void TestGuessWatch::oneAlarm_namesBoth()
{
    GuessWatch watch;
    for (int i = 0; i < 50; ++i)
        QVERIFY(!deny(watch, u"203.0.113.66"_s));
    const auto seen = deny(watch, u"203.0.113.66"_s);
    QVERIFY(seen);
    QCOMPARE(seen->address, u"203.0.113.66"_s);
    QCOMPARE(seen->account, u"ann@example.com"_s);
    QCOMPARE(seen->fromAddress, 51);
    QCOMPARE(seen->atAccount, 51);
    QCOMPARE(seen->at, m_clock.now());
    QVERIFY(!deny(watch, u"203.0.113.66"_s));
}

void TestGuessWatch::manyAddresses_areOneAccounts()
{
    GuessWatch watch;
    std::optional<BruteForce> seen;
    for (int i = 0; i < 51; ++i)
        seen = deny(watch, u"203.0.113.%1"_s.arg(i));
    QVERIFY(seen);
    QCOMPARE(seen->atAccount, 51);
    QCOMPARE(seen->fromAddress, 1);
}

void TestGuessWatch::manyAccounts_areOneAddresses()
{
    GuessWatch watch;
    std::optional<BruteForce> seen;
    for (int i = 0; i < 51; ++i)
        seen = deny(watch, u"203.0.113.66"_s, i % 2 ? QString() : u"user%1@example.com"_s.arg(i)); // also where none was typed
    QVERIFY(seen);
    QCOMPARE(seen->fromAddress, 51);
}

void TestGuessWatch::anotherEpisode_isAnotherAlarm()
{
    GuessWatch watch;
    for (int round = 0; round < 3; ++round, m_clock.advance(5min)) {
        int alarms = 0;
        for (int i = 0; i < 200; ++i)
            alarms += deny(watch, u"203.0.113.66"_s).has_value();
        QCOMPARE(alarms, 1);
    }
}

/// First from many addresses, then by one of them alone: it was named already.
void TestGuessWatch::oneAttack_isOneAlarm()
{
    GuessWatch watch;
    int alarms = 0;
    for (int i = 0; i < 40; ++i)
        alarms += deny(watch, u"203.0.113.%1"_s.arg(i)).has_value();
    for (int i = 0; i < 200; ++i)
        alarms += deny(watch, u"203.0.113.66"_s).has_value();
    QCOMPARE(alarms, 1);
}

void TestGuessWatch::another_isAnotherAlarm()
{
    GuessWatch watch;
    int alarms = 0;
    for (int i = 0; i < 60; ++i) {
        alarms += deny(watch, u"203.0.113.66"_s, u"ann@example.com"_s).has_value();
        alarms += deny(watch, u"203.0.113.67"_s, u"bob@example.com"_s).has_value();
    }
    QCOMPARE(alarms, 2);
    for (int i = 0; i < 60; ++i) // the same account, by somebody else, within the episode
        alarms += deny(watch, u"203.0.113.68"_s, u"ann@example.com"_s).has_value();
    QCOMPARE(alarms, 2);
    for (int i = 0; i < 60; ++i)
        alarms += deny(watch, u"203.0.113.68"_s, u"carl@example.com"_s).has_value();
    QCOMPARE(alarms, 3);
}

void TestGuessWatch::privacyAddresses_areOne()
{
    GuessWatch watch;
    std::optional<BruteForce> seen;
    for (int i = 0; i < 51; ++i)
        seen = deny(watch, u"2001:db8:1:1::%1"_s.arg(i), u"user%1@example.com"_s.arg(i));
    QVERIFY(seen);
    QCOMPARE(seen->address, u"2001:db8:1:1::/64"_s);
}

/// Where everybody there is held, the account may take the very place of the address.
void TestGuessWatch::fullOfOthers_standsANewcomer()
{
    GuessWatch watch;
    for (int i = 0; i < 4096; ++i) {
        for (int times = 0; times < 5; ++times)
            (void)deny(watch, u"203.0.113.66"_s, u"a%1@example.com"_s.arg(i));
    }
    for (int i = 0; i < 100; ++i)
        QVERIFY(!deny(watch, u"198.51.100.%1"_s.arg(i), u"b%1@example.com"_s.arg(i)));
}

void TestGuessWatch::whatCouldNotBeTold_isToldWithTheNext()
{
    GuessWatch watch;
    std::optional<BruteForce> seen;
    for (int i = 0; i <= GuessWatch::most; ++i)
        seen = deny(watch, u"203.0.113.66"_s);
    QVERIFY(seen);
    QVERIFY(!deny(watch, u"203.0.113.66"_s));
    watch.retract(*seen);
    QVERIFY(deny(watch, u"203.0.113.66"_s));
    QVERIFY(!deny(watch, u"203.0.113.66"_s));
}

void TestGuessWatch::clockGoingBack_isNoEpisode()
{
    GuessWatch watch;
    for (const auto jump : {0h, -24h, 48h}) {
        m_clock.advance(jump);
        for (int i = 0; i < 40; ++i)
            QVERIFY(!deny(watch, u"203.0.113.66"_s));
    }
}

void TestGuessWatch::strangersInARow_areAnAlarmLongBeforeAProof()
{
    GuessWatch watch;
    int alarms = 0;
    for (qint64 inARow = 0; inARow <= 100; ++inARow) {
        const auto seen = watch.failed(QHostAddress(u"203.0.113.66"_s), u"ann@example.com"_s, inARow, 25, m_clock.now());
        if (!seen)
            continue;
        ++alarms;
        QCOMPARE(seen->sign, GuessSign::FailuresInARow);
        QCOMPARE(seen->atAccount, 25);
        QCOMPARE(seen->address, u"203.0.113.66"_s);
        QCOMPARE(seen->account, u"ann@example.com"_s);
    }
    QCOMPARE(alarms, 1);
}

void TestGuessWatch::aStuffedNetwork_isAnAlarm()
{
    const auto seen = GuessWatch::stuffed(u"203.0.113.0/24"_s, 30, m_clock.now());
    QCOMPARE(seen.sign, GuessSign::ManyAccounts);
    QCOMPARE(seen.address, u"203.0.113.0/24"_s);
    QCOMPARE(seen.fromAddress, 30);
}

void TestGuessWatch::threads_mayShareIt()
{
    GuessWatch watch;
    std::atomic<int> alarms = 0;
    const auto now = m_clock.now();
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i)
                    alarms += watch.denied(QHostAddress(u"203.0.113.66"_s), u"ann@example.com"_s, now).has_value();
            });
    }
    QCOMPARE(alarms.load(), 1);
}

QTEST_GUILESS_MAIN(TestGuessWatch)
#include "TestGuessWatch.moc"
