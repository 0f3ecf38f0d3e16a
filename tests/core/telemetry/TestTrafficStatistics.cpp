#include "core/telemetry/TrafficStatistics.h"

#include "core/telemetry/LatencyHistogram.h"

#include <QTest>

#include <thread>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTrafficStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void outcome_data();
    void outcome();
    void everyOutcome_hasItsCount();
    void totals_growForEver();
    void signIns_beyondALimit_areNoFailuresOfTheDay();
    void seconds_rollOver();
    void minutes_areTakenOnce();
    void minutesAhead_stayUntilTheClockIsThere();
    void minutesThatNobodyTakes_haveAnEnd();
    void windows_haveNoGaps();
    void bounds_belongToTheirClass();
    void percentiles_areNear_data();
    void percentiles_areNear();
    void requestsPerSecond_isAMean();
    void percentile_isOfTheWindow();
    void clockGoingBack_isHarmless();
    void threads_loseNothing();
};

namespace {

const TimePoint start = fromMilliseconds(1'800'000'000'000); // a whole minute

qint64 requestsIn(const QList<TrafficPoint> &points)
{
    qint64 sum = 0;
    for (const TrafficPoint &point : points)
        sum += point.requests();
    return sum;
}

} // namespace

void TestTrafficStatistics::outcome_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("expected");
    QTest::newRow("200") << 200 << int(Outcome::Succeeded);
    QTest::newRow("204") << 204 << int(Outcome::Succeeded);
    QTest::newRow("304") << 304 << int(Outcome::Redirected);
    QTest::newRow("401") << 401 << int(Outcome::Refused);
    QTest::newRow("429") << 429 << int(Outcome::Limited);
    QTest::newRow("499") << 499 << int(Outcome::Refused);
    QTest::newRow("500") << 500 << int(Outcome::Failed);
}

void TestTrafficStatistics::outcome()
{
    QFETCH(int, status);
    QTEST(int(outcomeOf(status)), "expected");
}

void TestTrafficStatistics::everyOutcome_hasItsCount()
{
    TrafficStatistics statistics;
    for (int status : {200, 200, 301, 404, 429, 503})
        statistics.record(outcomeOf(status), 1ms, start);
    statistics.recordSignIn(Outcome::Succeeded, start);
    statistics.recordSignIn(Outcome::Refused, start);
    TrafficPoint point = statistics.history(1s, start).constFirst();
    point.p50 = point.p99 = 0;
    QCOMPARE(point, (TrafficPoint {.from = start,
                                   .succeeded = 2,
                                   .redirected = 1,
                                   .refused = 1,
                                   .limited = 1,
                                   .failed = 1,
                                   .signIns = 1,
                                   .failedSignIns = 1,
                                   .p50 = 0,
                                   .p99 = 0}));
    QCOMPARE(point.requests(), 6);
}

void TestTrafficStatistics::totals_growForEver()
{
    TrafficStatistics statistics;
    for (const auto later : {0s, 600s, 86'400s * 30}) { // long after the last step forgot them
        statistics.record(Outcome::Redirected, 3ms, start + later);
        statistics.recordSignIn(Outcome::Succeeded, start + later);
        statistics.recordRefresh(Outcome::Refused, start + later);
    }
    const TrafficTotals totals = statistics.totals();
    QCOMPARE(totals.requests, (TrafficTotals::ByOutcome {0, 3, 0, 0, 0}));
    QCOMPARE(totals.signIns, (TrafficTotals::ByOutcome {3, 0, 0, 0, 0}));
    QCOMPARE(totals.refreshes, (TrafficTotals::ByOutcome {0, 0, 3, 0, 0}));
    QCOMPARE(totals.durations[latency::classOf(3ms)], 3);
    QCOMPARE(totals.duration, 9ms);
}

void TestTrafficStatistics::signIns_beyondALimit_areNoFailuresOfTheDay()
{
    TrafficStatistics statistics;
    statistics.recordSignIn(Outcome::Limited, start);
    statistics.recordSignIn(Outcome::Failed, start);
    QCOMPARE(statistics.history(1s, start).constFirst().failedSignIns, 1);
    QCOMPARE(statistics.totals().signIns, (TrafficTotals::ByOutcome {0, 0, 0, 1, 1}));
}

void TestTrafficStatistics::seconds_rollOver()
{
    TrafficStatistics statistics;
    statistics.record(Outcome::Succeeded, 1ms, start);
    QCOMPARE(requestsIn(statistics.history(600s, start + 599s)), 1);
    QCOMPARE(requestsIn(statistics.history(600s, start + 600s)), 0);
    statistics.record(Outcome::Failed, 1ms, start + 600s); // takes the same place in the ring
    const auto points = statistics.history(600s, start + 600s);
    QCOMPARE(points.constLast().failed, 1);
    QCOMPARE(points.constLast().succeeded, 0);
}

void TestTrafficStatistics::minutes_areTakenOnce()
{
    TrafficStatistics statistics;
    statistics.record(Outcome::Succeeded, 1ms, start + 59'999ms);
    statistics.record(Outcome::Failed, 1ms, start + 60s);
    statistics.recordSignIn(Outcome::Refused, start + 60s);
    statistics.recordRefresh(Outcome::Succeeded, start + 61s);
    const auto seen = statistics.untaken();
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen[0].from, start);
    QCOMPARE(seen[0].counts.succeeded, 1);
    QCOMPARE(seen[1].from, start + 60s);
    QCOMPARE(seen[1].counts.failed, 1);
    QCOMPARE(seen[1].counts.failedSignIns, 1);
    QCOMPARE(seen[1].counts.refreshes, 1);
    QCOMPARE(seen[1].counts.durations[latency::classOf(1ms)], 1);
    QCOMPARE(statistics.take(start + 62s), seen);
    QVERIFY(statistics.untaken().isEmpty());
    statistics.record(Outcome::Succeeded, 1ms, start + 30s); // one that took long: it began then
    QCOMPARE(statistics.take(start + 62s).constFirst().from, start);
}

void TestTrafficStatistics::minutesAhead_stayUntilTheClockIsThere()
{
    TrafficStatistics statistics;
    statistics.record(Outcome::Succeeded, 1ms, start);
    statistics.record(Outcome::Succeeded, 1ms, start + 60s);  // who looked at the clock a moment later
    statistics.record(Outcome::Succeeded, 1ms, start + 600s); // before somebody set the clock back
    const auto taken = statistics.take(start + 59s);
    QCOMPARE(taken.size(), 2);
    QCOMPARE(taken[1].from, start + 600s);
    QCOMPARE(statistics.take(start + 61s).constFirst().from, start + 60s);
}

void TestTrafficStatistics::minutesThatNobodyTakes_haveAnEnd()
{
    TrafficStatistics statistics;
    constexpr int most = TrafficStatistics::mostUntaken;
    for (int minute = 0; minute < 2 * most; ++minute)
        statistics.record(Outcome::Succeeded, 1ms, start + 60s * minute);
    const auto left = statistics.untaken();
    QCOMPARE(left.size(), most);
    QCOMPARE(left.constFirst().from, start + 60s * most);
    statistics.record(Outcome::Succeeded, 1ms, start); // older than all of them: it still counts
    QCOMPARE(statistics.untaken().constFirst().from, start);
}

void TestTrafficStatistics::windows_haveNoGaps()
{
    const TrafficStatistics statistics;
    const auto seconds = statistics.history(10s, start + 500ms);
    QCOMPARE(seconds.size(), 10);
    QCOMPARE(seconds.constFirst().from, start - 9s);
    QCOMPARE(seconds.constLast().from, start);
    QCOMPARE(statistics.history(std::chrono::days {7}, start).size(), 600);
    QCOMPARE(statistics.history(0s, start).size(), 1);
}

void TestTrafficStatistics::bounds_belongToTheirClass()
{
    QCOMPARE(latency::classOf(-1us), 0);
    QCOMPARE(latency::classOf(15us), 0);
    QCOMPARE(latency::boundOf(latency::classOf(1ms)), 0.001);
    QCOMPARE(latency::boundOf(latency::classOf(1024ms)), 1.024);
    QCOMPARE(latency::classOf(1001us), latency::classOf(1ms) + 1);
    QCOMPARE(latency::classOf(24h), latency::classes - 1);
}

void TestTrafficStatistics::percentiles_areNear_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::newRow("20 µs") << qint64(20);
    QTest::newRow("1 ms") << qint64(1000);
    QTest::newRow("30 ms") << qint64(30'000);
    QTest::newRow("1 s") << qint64(1'000'000);
    QTest::newRow("60 s") << qint64(60'000'000);
}

void TestTrafficStatistics::percentiles_areNear()
{
    QFETCH(qint64, microseconds);
    TrafficStatistics statistics;
    for (int i = 0; i < 90; ++i)
        statistics.record(Outcome::Succeeded, std::chrono::microseconds(microseconds), start);
    for (int i = 0; i < 10; ++i)
        statistics.record(Outcome::Succeeded, std::chrono::microseconds(microseconds * 4), start);
    const auto point = statistics.history(1s, start).constFirst();
    const double milliseconds = double(microseconds) / 1000;
    QVERIFY(std::abs(point.p50 / milliseconds - 1) < 0.1);
    if (microseconds < 60'000'000) // four minutes are beyond the last class
        QVERIFY(std::abs(point.p99 / milliseconds / 4 - 1) < 0.1);
}

void TestTrafficStatistics::requestsPerSecond_isAMean()
{
    TrafficStatistics statistics;
    for (int i = 0; i < 50; ++i)
        statistics.record(Outcome::Succeeded, 1ms, start + 1s * (i % 10));
    statistics.record(Outcome::Succeeded, 1ms, start + 10s); // the running second does not count yet
    QCOMPARE(statistics.requestsPerSecond(10s, start + 10s), 5.0);
}

void TestTrafficStatistics::percentile_isOfTheWindow()
{
    TrafficStatistics statistics;
    QVERIFY(!statistics.percentile(0.99, 10s, start + 10s));
    statistics.record(Outcome::Succeeded, 900ms, start - 1s); // before it
    for (int i = 0; i < 980; ++i)
        statistics.record(Outcome::Succeeded, 1ms, start + 1s * (i % 10));
    for (int i = 0; i < 20; ++i)
        statistics.record(Outcome::Failed, 40ms, start + 1s * (i % 10)); // of all seconds together, not of each
    statistics.record(Outcome::Succeeded, 900ms, start + 10s);           // the running second does not count yet
    const auto p99 = statistics.percentile(0.99, 10s, start + 10s);
    QVERIFY2(p99 && std::abs(*p99 / 40 - 1) < 0.1, qPrintable(QString::number(p99.value_or(-1))));
    const auto p50 = statistics.percentile(0.5, 10s, start + 10s);
    QVERIFY(p50 && std::abs(*p50 - 1) < 0.1);
    QVERIFY(!statistics.percentile(0.99, 10s, start + 60s)); // nobody asked since
}

void TestTrafficStatistics::clockGoingBack_isHarmless()
{
    TrafficStatistics statistics;
    statistics.record(Outcome::Succeeded, 1ms, start + std::chrono::days {4000});
    statistics.record(Outcome::Succeeded, -1ms, start);
    QCOMPARE(requestsIn(statistics.history(600s, start)), 1);
    statistics.record(Outcome::Succeeded, 1ms, fromMilliseconds(-5000)); // before 1970
}

void TestTrafficStatistics::threads_loseNothing()
{
    TrafficStatistics statistics;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int i = 0; i < 5000; ++i)
                    statistics.record(Outcome::Succeeded, 1ms, start);
                statistics.history(1s, start);
                statistics.totals();
            });
        }
    }
    QCOMPARE(requestsIn(statistics.history(1s, start)), 20'000);
    QCOMPARE(statistics.take(start).constFirst().counts.requests(), 20'000);
    QCOMPARE(statistics.totals().requests[size_t(Outcome::Succeeded)], 20'000);
}

QTEST_GUILESS_MAIN(TestTrafficStatistics)
#include "TestTrafficStatistics.moc"
