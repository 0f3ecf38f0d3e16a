#include "core/ratelimit/LimiterStatistics.h"

#include <QTest>

#include <algorithm>
#include <thread>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestLimiterStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void history_rollsOver();
    void history_ofAMonth_isByHour();
    void history_addsUpRules();
    void denying_areThoseThatDenied();
    void sameName_isTheSameNumber();
    void clockGoingBack_losesNothing();
    void denials_ofOnePair_areOneRow();
    void stretches_goOn();
    void heldBack_isKnownForADay();
    void triedNames_areBounded();
    void heldBack_isBounded();
    void whoWaits_isForgottenLast();
    void forget_strikesOff();
    void counts_outliveARestart();
    void oldCounts_areLeftOut();
    void waits_ofAFormerRun_areShown();
    void threads_areAllCounted();

private:
    /// A denial of that rule, with everything of no interest made up.
    static void deny(LimiterStatistics &statistics, const QString &rule, const QString &address, Milliseconds wait, TimePoint now)
    {
        statistics.recordDenied(statistics.ruleNumber(rule), qHash(address), address, {}, {}, false, wait, now);
    }
};

namespace {

const TimePoint wholeHour = fromMilliseconds(1'800'000'000'000); // a whole hour

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
    LimiterStatistics statistics;
    statistics.recordAllowed(statistics.ruleNumber(u"r"_s), 7, wholeHour);
    deny(statistics, u"r"_s, u"k"_s, 1s, wholeHour + 999ms);
    const auto seconds = statistics.history(u"r"_s, 10s, wholeHour + 2s);
    QCOMPARE(seconds.size(), 10);
    QCOMPARE(seconds[7], (RatePoint {wholeHour, 1, 1}));
    QCOMPARE(seconds[9], (RatePoint {wholeHour + 2s, 0, 0}));
    QCOMPARE(denials(statistics.history(u"r"_s, 600s, wholeHour + 599s)), 1);
    QCOMPARE(denials(statistics.history(u"r"_s, 600s, wholeHour + 600s)), 0);
    const auto minutes = statistics.history(u"r"_s, 24h, wholeHour + 24h - 1ms);
    QCOMPARE(minutes.size(), 1440);
    QCOMPARE(minutes.constFirst(), (RatePoint {wholeHour, 1, 1}));
    QCOMPARE(denials(statistics.history(u"r"_s, 24h, wholeHour + 24h)), 0);
}

void TestLimiterStatistics::history_ofAMonth_isByHour()
{
    LimiterStatistics statistics;
    deny(statistics, u"r"_s, u"k"_s, 1s, wholeHour);
    deny(statistics, u"r"_s, u"k"_s, 1s, wholeHour + 59min);
    const auto hours = statistics.history(u"r"_s, std::chrono::days {30}, wholeHour + std::chrono::days {30} - 1ms);
    QCOMPARE(hours.size(), 720);
    QCOMPARE(hours.constFirst(), (RatePoint {wholeHour, 0, 2}));
    QCOMPARE(denials(statistics.history(u"r"_s, std::chrono::days {30}, wholeHour + std::chrono::days {30})), 0);
}

void TestLimiterStatistics::history_addsUpRules()
{
    LimiterStatistics statistics;
    deny(statistics, u"a"_s, u"k"_s, 1s, wholeHour);
    deny(statistics, u"b"_s, u"k"_s, 1s, wholeHour);
    QCOMPARE(denials(statistics.history({}, 60s, wholeHour)), 2);
    QCOMPARE(denials(statistics.history(u"a"_s, 60s, wholeHour)), 1);
    QVERIFY(statistics.history(u"nobody"_s, 60s, wholeHour).isEmpty());
    QCOMPARE(statistics.denials(u"a"_s), 1);
    QCOMPARE(statistics.allowed(u"a"_s), 0);
    QCOMPARE(statistics.denials(u"nobody"_s), 0);
}

void TestLimiterStatistics::denying_areThoseThatDenied()
{
    LimiterStatistics statistics;
    QVERIFY(statistics.denying(600s, wholeHour).isEmpty());
    statistics.recordAllowed(statistics.ruleNumber(u"open"_s), 7, wholeHour);
    deny(statistics, u"a"_s, u"k"_s, 1s, wholeHour);
    deny(statistics, u"b"_s, u"k"_s, 1s, wholeHour + 300s);
    const auto both = statistics.denying(600s, wholeHour + 300s);
    QCOMPARE(both.size(), 2);
    QCOMPARE(both[0].rule, u"a"_s);
    QCOMPARE(both[0].points, statistics.history(u"a"_s, 600s, wholeHour + 300s));
    QCOMPARE(both[0].points.first().from, both[1].points.first().from);
    const auto later = statistics.denying(600s, wholeHour + 700s); // the other one has rolled out
    QCOMPARE(later.size(), 1);
    QCOMPARE(later[0].rule, u"b"_s);
}

void TestLimiterStatistics::sameName_isTheSameNumber()
{
    LimiterStatistics statistics;
    const int a = statistics.ruleNumber(u"a"_s);
    QVERIFY(statistics.ruleNumber(u"b"_s) != a);
    QCOMPARE(statistics.ruleNumber(u"a"_s), a);
    for (int i = 0; i < 2000; ++i)
        QVERIFY(statistics.ruleNumber(QString::number(i)) < LimiterStatistics::mostRules);
    QCOMPARE(statistics.ruleNumber(u"a"_s), a);
    statistics.recordAllowed(-1, 7, wholeHour); // nobody's
    statistics.recordAllowed(LimiterStatistics::mostRules, 7, wholeHour);
}

void TestLimiterStatistics::clockGoingBack_losesNothing()
{
    LimiterStatistics statistics;
    for (const TimePoint at : {wholeHour, wholeHour + 5s, wholeHour + 2s, wholeHour - 10s, wholeHour + 5s})
        statistics.recordAllowed(statistics.ruleNumber(u"r"_s), 7, at);
    QCOMPARE(statistics.allowed(u"r"_s), 5);
    const auto seconds = statistics.history(u"r"_s, 6s, wholeHour + 5s);
    QCOMPARE(seconds[0].allowed, 1);
    QCOMPARE(seconds[2].allowed, 1);
    QCOMPARE(seconds[5].allowed, 2);
}

void TestLimiterStatistics::denials_ofOnePair_areOneRow()
{
    LimiterStatistics statistics;
    const auto deny = [&](const QString &rule, bool isSignIn, Milliseconds wait) {
        const QString ann = u"ann@example.com"_s;
        statistics.recordDenied(statistics.ruleNumber(rule), 7, u"203.0.113.7"_s, ann, ann, isSignIn, wait, wholeHour);
    };
    deny(u"short"_s, false, 10s);
    deny(u"long"_s, true, 60s);
    deny(u"short"_s, true, 5s);
    QCOMPARE(statistics.heldBack(0s, wholeHour), (QList {HeldBack {.address = u"203.0.113.7"_s,
                                                                   .account = u"ann@example.com"_s,
                                                                   .rules = {u"long"_s, u"short"_s},
                                                                   .since = wholeHour,
                                                                   .until = wholeHour + 60s,
                                                                   .denials = 3,
                                                                   .signIns = 2,
                                                                   .tried = {u"ann@example.com"_s},
                                                                   .accounts = 1}}));
}

void TestLimiterStatistics::stretches_goOn()
{
    LimiterStatistics statistics;
    deny(statistics, u"r"_s, u"k"_s, 2s, wholeHour);
    deny(statistics, u"r"_s, u"k"_s, 2s, wholeHour + 30s);
    auto held = statistics.heldBack(0s, wholeHour + 30s);
    QCOMPARE(held.size(), 1);
    QCOMPARE(held[0].since, wholeHour);
    QCOMPARE(held[0].until, wholeHour + 32s);
    QCOMPARE(held[0].denials, 2);
    deny(statistics, u"r"_s, u"k"_s, 2s, wholeHour + 1h);
    held = statistics.heldBack(0s, wholeHour + 1h);
    QCOMPARE(held[0].since, wholeHour + 1h);
    QCOMPARE(held[0].denials, 1);
}

void TestLimiterStatistics::heldBack_isKnownForADay()
{
    LimiterStatistics statistics;
    deny(statistics, u"r"_s, u"first"_s, 2s, wholeHour);
    deny(statistics, u"r"_s, u"second"_s, 30s, wholeHour);
    QVERIFY(statistics.heldBack(0s, wholeHour + 30s).isEmpty());
    const auto held = statistics.heldBack(24h, wholeHour + 24h);
    QCOMPARE(held.size(), 2);
    QCOMPARE(held[0].address, u"second"_s);
    QCOMPARE(statistics.heldBack(24h, wholeHour + 24h + 2s).size(), 1);
    QCOMPARE(statistics.heldBack(1h, wholeHour + 2h).size(), 0);
}

void TestLimiterStatistics::triedNames_areBounded()
{
    LimiterStatistics statistics;
    const int rule = statistics.ruleNumber(u"r"_s);
    for (int i = 0; i < 3000; ++i)
        statistics.recordDenied(rule, 7, u"203.0.113.7"_s, {}, u"user%1@example.com"_s.arg(i % 3000), true, 1h, wholeHour);
    const auto held = statistics.heldBack(0s, wholeHour);
    QCOMPARE(held.size(), 1);
    QCOMPARE(held[0].tried.size(), HeldBack::mostTried);
    QCOMPARE(held[0].tried[0], u"user2999@example.com"_s);
    QCOMPARE(held[0].accounts, 1000);
    for (int i = 0; i < 40; ++i)
        statistics.recordDenied(rule, 8, u"203.0.113.8"_s, {}, u"user%1@example.com"_s.arg(i % 20), true, 2h, wholeHour);
    QCOMPARE(statistics.heldBack(0s, wholeHour)[0].accounts, 20);
}

void TestLimiterStatistics::heldBack_isBounded()
{
    LimiterStatistics statistics;
    for (int i = 0; i < 30'000; ++i)
        deny(statistics, u"r"_s, QString::number(i), 1h, wholeHour);
    const auto held = statistics.heldBack(0s, wholeHour).size();
    QVERIFY2(held <= 10'000 && held > 9'000, qPrintable(QString::number(held)));
}

void TestLimiterStatistics::whoWaits_isForgottenLast()
{
    LimiterStatistics statistics;
    for (int i = 0; i < 100; ++i)
        deny(statistics, u"r"_s, u"waits %1"_s.arg(i), 1h, wholeHour);
    for (int i = 0; i < 50'000; ++i)
        deny(statistics, u"r"_s, u"%1"_s.arg(i), 1ms, wholeHour + Milliseconds {2 * i});
    QCOMPARE(statistics.heldBack(0s, wholeHour + 5min).size(), 100);
}

void TestLimiterStatistics::forget_strikesOff()
{
    LimiterStatistics statistics;
    deny(statistics, u"a"_s, u"k"_s, 1h, wholeHour);
    deny(statistics, u"b"_s, u"k"_s, 1h, wholeHour);
    QCOMPARE(statistics.forget(u"k"_s, {}, wholeHour), (QStringList {u"a"_s, u"b"_s}));
    QVERIFY(statistics.forget(u"k"_s, {}, wholeHour).isEmpty());
    QVERIFY(statistics.heldBack(24h, wholeHour).isEmpty());
    QCOMPARE(statistics.denials(u"a"_s), 1); // it happened all the same
}

void TestLimiterStatistics::counts_outliveARestart()
{
    LimiterStatistics before;
    const int rule = before.ruleNumber(u"r"_s);
    before.recordAllowed(rule, 7, wholeHour);
    deny(before, u"r"_s, u"k"_s, 1s, wholeHour + 61s);
    const auto counts = before.changedCounts(wholeHour + 61s);
    QCOMPARE(counts,
             (QList<KeptCount> {{u"r"_s, 60s, wholeHour, 1, 0}, {u"r"_s, 60s, wholeHour + 60s, 0, 1}, {u"r"_s, 3600s, wholeHour, 1, 1}}));
    QVERIFY(before.changedCounts(wholeHour + 62s).isEmpty());
    before.recordAllowed(rule, 7, wholeHour + 62s);
    QCOMPARE(before.changedCounts(wholeHour + 62s),
             (QList<KeptCount> {{u"r"_s, 60s, wholeHour + 60s, 1, 1}, {u"r"_s, 3600s, wholeHour, 2, 1}}));

    LimiterStatistics after;
    after.restore(counts, wholeHour + 2min);
    QVERIFY(after.changedCounts(wholeHour + 2min).isEmpty());
    QCOMPARE(after.history(u"r"_s, 1h, wholeHour + 2min)[57], (RatePoint {wholeHour, 1, 0}));
    QCOMPARE(after.history(u"r"_s, 48h, wholeHour + 2min).constLast(), (RatePoint {wholeHour, 1, 1}));
    QCOMPARE(after.allowed(u"r"_s), 0);                                 // of this process
    after.recordAllowed(after.ruleNumber(u"r"_s), 7, wholeHour + 2min); // the hour goes on
    QVERIFY(after.changedCounts(wholeHour + 2min).contains(KeptCount {u"r"_s, 3600s, wholeHour, 2, 1}));
}

void TestLimiterStatistics::oldCounts_areLeftOut()
{
    LimiterStatistics statistics;
    statistics.restore({{u"r"_s, 60s, wholeHour - 24h, 1, 1},
                        {u"r"_s, 3600s, wholeHour - std::chrono::days {30}, 1, 1},
                        {u"r"_s, 60s, wholeHour + 60s, 1, 1},
                        {u"r"_s, 7s, wholeHour, 1, 1}},
                       wholeHour);
    QCOMPARE(denials(statistics.history(u"r"_s, 24h, wholeHour)), 0);
    QCOMPARE(denials(statistics.history(u"r"_s, std::chrono::days {30}, wholeHour)), 0);
    QCOMPARE(denials(statistics.history(u"r"_s, 24h, wholeHour + 60s)), 0);
}

void TestLimiterStatistics::waits_ofAFormerRun_areShown()
{
    LimiterStatistics statistics;
    statistics.remember({.rule = u"r"_s, .address = u"k"_s, .account = {}, .since = wholeHour - 1h, .until = wholeHour + 1h, .denials = 5},
                        wholeHour);
    statistics.remember({.rule = u"r"_s, .address = u"over"_s, .account = {}, .since = wholeHour - 1h, .until = wholeHour}, wholeHour);
    const auto held = statistics.heldBack(24h, wholeHour);
    QCOMPARE(held.size(), 1);
    QCOMPARE(held[0].since, wholeHour - 1h);
    QCOMPARE(held[0].until, wholeHour + 1h);
    QCOMPARE(held[0].denials, 5);
    QCOMPARE(held[0].rules, QStringList {u"r"_s});
    QCOMPARE(statistics.denials(u"r"_s), 0);
    deny(statistics, u"r"_s, u"k"_s, 1h, wholeHour);
    QCOMPARE(statistics.heldBack(0s, wholeHour)[0].denials, 6);
}

void TestLimiterStatistics::threads_areAllCounted()
{
    LimiterStatistics statistics;
    const int rule = statistics.ruleNumber(u"r"_s);
    {
        std::vector<std::jthread> threads;
        for (quint64 thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 5000; ++i) {
                    statistics.recordAllowed(rule, thread * 1000 + quint64(i % 100), wholeHour + Milliseconds {i});
                    if (i % 50 == 0) {
                        deny(statistics, u"r"_s, QString::number(i), 1h, wholeHour);
                        (void)statistics.history(u"r"_s, 60s, wholeHour + 5s);
                        (void)statistics.busiest(u"r"_s, wholeHour);
                        (void)statistics.changedCounts(wholeHour);
                    }
                }
            });
        }
    }
    QCOMPARE(statistics.allowed(u"r"_s), 20'000);
    QCOMPARE(statistics.denials(u"r"_s), 400);
}

QTEST_GUILESS_MAIN(TestLimiterStatistics)
#include "TestLimiterStatistics.moc"
