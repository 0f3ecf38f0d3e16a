#include "core/ratelimit/LimiterStatistics.h"

#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLimiterStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void history_rollsOver();
    void history_addsUpRules();
    void limited_stretchesGoOn();
    void limited_isBounded();
};

namespace {

const TimePoint start = fromMilliseconds(1'800'000'000'000); // a whole minute

qint64 denials(const QList<RatePoint> &points)
{
    qint64 sum = 0;
    for (const RatePoint &point : points)
        sum += point.denied;
    return sum;
}

} // namespace

void TestLimiterStatistics::history_rollsOver()
{
    LimiterStatistics statistics({u"r"_s});
    statistics.recordAllowed(u"r"_s, start);
    statistics.recordDenied(u"r"_s, u"k"_s, 1s, start + 999ms);
    const auto seconds = statistics.history(u"r"_s, 10s, start + 2s);
    QCOMPARE(seconds.size(), 10);
    QCOMPARE(seconds[7], (RatePoint {start, 1, 1}));
    QCOMPARE(seconds[9], (RatePoint {start + 2s, 0, 0}));
    QCOMPARE(denials(statistics.history(u"r"_s, 600s, start + 599s)), 1);
    QCOMPARE(denials(statistics.history(u"r"_s, 600s, start + 600s)), 0);
    const auto minutes = statistics.history(u"r"_s, 24h, start + 24h - 1ms);
    QCOMPARE(minutes.size(), 1440);
    QCOMPARE(minutes.constFirst(), (RatePoint {start, 1, 1}));
    QCOMPARE(denials(statistics.history(u"r"_s, 24h, start + 24h)), 0);
}

void TestLimiterStatistics::history_addsUpRules()
{
    LimiterStatistics statistics({u"a"_s, u"b"_s});
    statistics.recordDenied(u"a"_s, u"k"_s, 1s, start);
    statistics.recordDenied(u"b"_s, u"k"_s, 1s, start);
    QCOMPARE(denials(statistics.history({}, 60s, start)), 2);
    QCOMPARE(denials(statistics.history(u"a"_s, 60s, start)), 1);
    QVERIFY(statistics.history(u"nobody"_s, 60s, start).isEmpty());
    QCOMPARE(statistics.denials(u"a"_s), 1);
    QCOMPARE(statistics.denials(u"nobody"_s), 0);
}

void TestLimiterStatistics::limited_stretchesGoOn()
{
    LimiterStatistics statistics({u"r"_s});
    statistics.recordDenied(u"r"_s, u"k"_s, 2s, start);
    statistics.recordDenied(u"r"_s, u"k"_s, 2s, start + 30s);
    QCOMPARE(statistics.limitedNow(start + 30s), (QList<LimitedKey> {{u"r"_s, u"k"_s, start, start + 32s, 2}}));
    statistics.recordDenied(u"r"_s, u"k"_s, 2s, start + 1h);
    QCOMPARE(statistics.limitedNow(start + 1h), (QList<LimitedKey> {{u"r"_s, u"k"_s, start + 1h, start + 1h + 2s, 1}}));
    QVERIFY(!statistics.forget(u"r"_s, u"k"_s, start + 2h));
}

void TestLimiterStatistics::limited_isBounded()
{
    LimiterStatistics statistics({u"r"_s});
    for (int i = 0; i < 12'000; ++i)
        statistics.recordDenied(u"r"_s, QString::number(i), 1h, start);
    QCOMPARE(statistics.limitedNow(start).size(), 10'000);
}

QTEST_GUILESS_MAIN(TestLimiterStatistics)
#include "TestLimiterStatistics.moc"
