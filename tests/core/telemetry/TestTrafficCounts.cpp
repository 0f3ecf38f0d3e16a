#include "core/telemetry/TrafficCounts.h"

#include "core/telemetry/TrafficStatistics.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace warder;
using namespace std::chrono_literals;

/// Counts that add up, and steps of time.
class TestTrafficCounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void steps_beginAtWholeMultiples_data();
    void steps_beginAtWholeMultiples();
    void gathered_hasNoGaps_andLosesNothing();
    void gathered_leavesOutWhatIsOutside();
    void gathered_hasTheLastLevels();
    void percentilesOfASum_areNearThoseOfAllValues_data();
    void percentilesOfASum_areNearThoseOfAllValues();
};

namespace {

const TimePoint fullHour = fromMilliseconds(1'799'996'400'000); // a whole hour

TrafficStep stepOf(TimePoint from, qint64 succeeded) { return {.from = from, .counts = {.succeeded = succeeded}}; }

} // namespace

void TestTrafficCounts::steps_beginAtWholeMultiples_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<qint64>("begins");
    QTest::newRow("a whole minute") << qint64(120'000) << qint64(120'000);
    QTest::newRow("one ms before it") << qint64(119'999) << qint64(60'000);
    QTest::newRow("1970") << qint64(0) << qint64(0);
    QTest::newRow("one ms before 1970") << qint64(-1) << qint64(-60'000);
}

void TestTrafficCounts::steps_beginAtWholeMultiples()
{
    QFETCH(qint64, milliseconds);
    QFETCH(qint64, begins);
    QCOMPARE(toMilliseconds(traffic_steps::startOf(fromMilliseconds(milliseconds), 60s)), begins);
}

void TestTrafficCounts::gathered_hasNoGaps_andLosesNothing()
{
    QList<TrafficStep> minutes;
    for (int minute = 0; minute < 120; minute += 7)
        minutes += stepOf(fullHour + 60s * minute, minute + 1);
    const auto steps = traffic_steps::gathered(minutes, 600s, 12, fullHour + 120min - 1s);
    QCOMPARE(steps.size(), 12);
    qint64 sum = 0;
    for (int i = 0; i < steps.size(); ++i) {
        QCOMPARE(steps[i].from, fullHour + 600s * i);
        sum += steps[i].counts.succeeded;
    }
    qint64 all = 0;
    for (const TrafficStep &each : minutes)
        all += each.counts.succeeded;
    QCOMPARE(sum, all);
}

void TestTrafficCounts::gathered_leavesOutWhatIsOutside()
{
    const QList<TrafficStep> minutes {stepOf(fullHour - 60s, 1), stepOf(fullHour, 2), stepOf(fullHour + 540s, 4),
                                      stepOf(fullHour + 600s, 8)};
    const auto steps = traffic_steps::gathered(minutes, 600s, 1, fullHour + 599s);
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps[0].counts.succeeded, 6);
}

void TestTrafficCounts::gathered_hasTheLastLevels()
{
    TrafficStep early = stepOf(fullHour, 1);
    early.levels = ServerLevels {.sessions = 3, .users = 1};
    TrafficStep late = stepOf(fullHour + 60s, 1);
    late.levels = ServerLevels {.sessions = 5, .users = 2};
    const auto steps = traffic_steps::gathered({early, late, stepOf(fullHour + 120s, 1)}, 600s, 2, fullHour + 10min);
    QVERIFY(steps[0].levels == late.levels);
    QVERIFY(!steps[1].levels);
}

void TestTrafficCounts::percentilesOfASum_areNearThoseOfAllValues_data()
{
    QTest::addColumn<double>("share");
    QTest::newRow("p50") << 0.5;
    QTest::newRow("p90") << 0.9;
    QTest::newRow("p99") << 0.99;
}

/// The bound that is documented: a tenth, however many minutes were added up.
void TestTrafficCounts::percentilesOfASum_areNearThoseOfAllValues()
{
    QFETCH(double, share);
    std::vector<qint64> all;
    TrafficCounts sum;
    quint32 random = 4711;
    for (int minute = 0; minute < 60; ++minute) {
        TrafficCounts counts;
        for (int i = 0; i < 200; ++i) {
            random = random * 1664525 + 1013904223;
            const auto microseconds = qint64(std::exp(4.0 + 9.0 * double(random >> 8) / double(1 << 24))); // 55 µs to 440 ms
            all.push_back(microseconds);
            ++counts.durations[latency::classOf(std::chrono::microseconds(microseconds))];
        }
        sum += counts;
    }
    std::ranges::sort(all);
    const double exact = double(all[size_t(std::ceil(double(all.size()) * share)) - 1]) / 1000;
    QVERIFY2(std::abs(latency::percentile(sum.durations, share) / exact - 1) < 0.1, qPrintable(QString::number(exact)));
}

QTEST_GUILESS_MAIN(TestTrafficCounts)
#include "TestTrafficCounts.moc"
