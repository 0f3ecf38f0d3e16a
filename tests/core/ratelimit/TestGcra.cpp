#include "core/ratelimit/Gcra.h"

#include <QTest>

using namespace warder;
using namespace std::chrono_literals;

class TestGcra : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requests_data();
    void requests();
    void remaining_countsDown();
    void longestRates_doNotOverflow();
    void patience_letsWaitOnesTurn();
};

namespace {

constexpr MicroTime firstTime {1'800'000'000s};
constexpr Rate thirtyAMinute {.amount = 30, .period = 60s, .burst = 30};    // one every 2 s
constexpr Rate tenAMinuteByThree {.amount = 10, .period = 60s, .burst = 3}; // one every 6 s

/// Sends `count` requests at once and returns the state after them.
MicroTime after(int count, const Rate &rate, MicroTime tat, MicroTime now)
{
    for (int i = 0; i < count; ++i)
        tat = decide(tat, rate, now).tat;
    return tat;
}

} // namespace

void TestGcra::requests_data()
{
    QTest::addColumn<bool>("small");
    QTest::addColumn<int>("before");
    QTest::addColumn<qint64>("laterMs");
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<qint64>("remaining");
    QTest::addColumn<qint64>("retryAfterMs");
    QTest::newRow("the first") << false << 0 << qint64(0) << true << qint64(29) << qint64(0);
    QTest::newRow("the last of the burst") << false << 29 << qint64(0) << true << qint64(0) << qint64(0);
    QTest::newRow("one more than the burst") << false << 30 << qint64(0) << false << qint64(0) << qint64(2000);
    QTest::newRow("a millisecond before the next") << false << 30 << qint64(1999) << false << qint64(0) << qint64(1);
    QTest::newRow("exactly at the next") << false << 30 << qint64(2000) << true << qint64(0) << qint64(0);
    QTest::newRow("two intervals later, one is left") << false << 30 << qint64(4000) << true << qint64(1) << qint64(0);
    QTest::newRow("a whole period later all but one") << false << 30 << qint64(60'000) << true << qint64(29) << qint64(0);
    QTest::newRow("a day later no more than the burst") << false << 30 << qint64(86'400'000) << true << qint64(29) << qint64(0);
    QTest::newRow("the clock went back an hour, full") << false << 30 << qint64(-3'600'000) << false << qint64(0) << qint64(2000);
    QTest::newRow("the clock went back an hour, half full") << false << 15 << qint64(-3'600'000) << false << qint64(0) << qint64(2000);
    QTest::newRow("the clock went back a little, fresh") << false << 1 << qint64(-1000) << true << qint64(27) << qint64(0);
    QTest::newRow("a burst smaller than the amount") << true << 2 << qint64(0) << true << qint64(0) << qint64(0);
    QTest::newRow("past a burst smaller than the amount") << true << 3 << qint64(0) << false << qint64(0) << qint64(6000);
    QTest::newRow("past it, exactly at the next") << true << 3 << qint64(6000) << true << qint64(0) << qint64(0);
}

void TestGcra::requests()
{
    QFETCH(bool, small);
    QFETCH(int, before);
    QFETCH(qint64, laterMs);
    const Rate rate = small ? tenAMinuteByThree : thirtyAMinute;
    const MicroTime tat = after(before, rate, MicroTime {}, firstTime);
    const auto decision = decide(tat, rate, firstTime + std::chrono::milliseconds(laterMs));
    QTEST(decision.allowed, "allowed");
    QTEST(qint64(decision.remaining), "remaining");
    QTEST(qint64(std::chrono::ceil<std::chrono::milliseconds>(decision.retryAfter).count()), "retryAfterMs");
}

void TestGcra::remaining_countsDown()
{
    MicroTime tat {};
    for (int left = 29; left >= 0; --left) {
        const auto decision = decide(tat, thirtyAMinute, firstTime);
        QCOMPARE(decision.remaining, qint64(left));
        QCOMPARE(decision.resetAfter, std::chrono::microseconds((30 - left) * 2s));
        tat = decision.tat;
    }
}

void TestGcra::longestRates_doNotOverflow()
{
    const Rate slowest {.amount = 1, .period = std::chrono::days {30}, .burst = 1'000'000};
    QVERIFY(decide(MicroTime {}, slowest, firstTime).allowed);
    QCOMPARE(decide(MicroTime {}, slowest, firstTime).remaining, qint64(999'999));
    const Rate fastest {.amount = 1'000'000, .period = 1s, .burst = 1};
    QCOMPARE(decide(decide(MicroTime {}, fastest, firstTime).tat, fastest, firstTime).retryAfter, 1us);
}

void TestGcra::patience_letsWaitOnesTurn()
{
    MicroTime tat = after(30, thirtyAMinute, MicroTime {}, firstTime);
    for (int queued = 1; queued <= 5; ++queued) { // one every two seconds, within ten
        const auto decision = decide(tat, thirtyAMinute, firstTime, 10s);
        QVERIFY(decision.allowed);
        QCOMPARE(decision.waitFirst, std::chrono::microseconds(queued * 2s));
        QCOMPARE(decision.remaining, 0);
        tat = decision.tat;
    }
    const auto refused = decide(tat, thirtyAMinute, firstTime, 10s);
    QVERIFY(!refused.allowed);
    QCOMPARE(refused.retryAfter, std::chrono::microseconds(2s)); // then there is room in the queue
    QVERIFY(decide(tat, thirtyAMinute, firstTime + 2s, 10s).allowed);
    QCOMPARE(decide(tat, thirtyAMinute, firstTime + 12s, 10s).waitFirst, 0us);
    QCOMPARE(decide(MicroTime {}, thirtyAMinute, firstTime, 10s).waitFirst, 0us);
}

QTEST_GUILESS_MAIN(TestGcra)
#include "TestGcra.moc"
