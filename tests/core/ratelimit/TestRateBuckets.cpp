#include "core/ratelimit/RateBuckets.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <vector>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a flood of keys can do, and what it cannot.
class TestRateBuckets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aBucket_countsItsRule();
    void anOffender_outlivesAFloodOfKeys();
    void anIdlePlace_isTakenFirst();
    void newcomers_shareASpareBucket_whereAllAreOver();
    void afterTheFlood_newcomersHaveTheirOwn();
    void aDenial_costsTheOtherRulesNothing();
    void theClockSetBack_keepsWhatIsOwed();
    void aRemovedBucket_isFresh();
    void aPutBucket_goesOnWhereItWas();
    void fullest_isOfItsRule();
    void memory_doesNotGrow();
    void threads_countExactly();

private:
    CompiledRule rule(qint64 amount, int number = 0, RateAction action = RateAction::Deny) const
    {
        return CompiledRule::from({.name = u"r%1"_s.arg(number), .rate = {amount, 60s, amount}, .action = action}, number, 7);
    }
    /// One of those that share the set of `set`, in the smallest table.
    static BucketKey keyIn(quint64 set, quint64 number) { return {.first = set, .second = number + 1}; }
    static GcraDecision ask(RateBuckets &buckets, const CompiledRule &of, const BucketKey &key, MicroTime now)
    {
        buckets.makeRoomForRule(of.number);
        BucketAsk one {.rule = &of, .key = key};
        buckets.judge({&one, 1}, now);
        return one.decision;
    }
    static int spend(RateBuckets &buckets, const CompiledRule &of, const BucketKey &key, MicroTime now)
    {
        int allowed = 0;
        while (ask(buckets, of, key, now).allowed)
            ++allowed;
        return allowed;
    }

    const MicroTime m_now {1'800'000'000s};
};

void TestRateBuckets::aBucket_countsItsRule()
{
    RateBuckets buckets(512);
    const CompiledRule thirty = rule(30);
    QCOMPARE(spend(buckets, thirty, keyIn(0, 0), m_now), 30);
    QCOMPARE(spend(buckets, thirty, keyIn(0, 0), m_now + 10s), 5);
    QCOMPARE(spend(buckets, thirty, keyIn(0, 1), m_now), 30);
}

void TestRateBuckets::anOffender_outlivesAFloodOfKeys()
{
    RateBuckets buckets(512); // one set a shard
    const CompiledRule ten = rule(10);
    QCOMPARE(spend(buckets, ten, keyIn(3, 0), m_now), 10);
    for (quint64 i = 1; i < 10'000; ++i) {
        QVERIFY(ask(buckets, ten, keyIn(3, i), m_now).allowed);
        if (i % 100 == 0)
            QVERIFY(!ask(buckets, ten, keyIn(3, 0), m_now).allowed);
    }
    QVERIFY(!ask(buckets, ten, keyIn(3, 0), m_now).allowed);
}

void TestRateBuckets::anIdlePlace_isTakenFirst()
{
    RateBuckets buckets(512);
    const CompiledRule ten = rule(10);
    for (quint64 i = 0; i < 8; ++i)
        QVERIFY(ask(buckets, ten, keyIn(0, i), i == 5 ? m_now : m_now + 5s).allowed); // each owes for six seconds
    QVERIFY(ask(buckets, ten, keyIn(0, 100), m_now + 6s).allowed);
    QVERIFY(!buckets.find(keyIn(0, 5)));
    for (const quint64 kept : {0, 1, 2, 3, 4, 6, 7, 100})
        QVERIFY2(buckets.find(keyIn(0, kept)), qPrintable(QString::number(kept)));
}

void TestRateBuckets::newcomers_shareASpareBucket_whereAllAreOver()
{
    RateBuckets buckets(512);
    const CompiledRule ten = rule(10);
    for (quint64 i = 0; i < 8; ++i)
        QCOMPARE(spend(buckets, ten, keyIn(0, i), m_now), 10);
    int allowed = 0;
    for (quint64 i = 100; i < 1100; ++i)
        allowed += ask(buckets, ten, keyIn(0, i), m_now).allowed;
    QCOMPARE(allowed, 10);                                             // all of them together
    QVERIFY(ask(buckets, ten, keyIn(1, 100), m_now).allowed);          // another set
    QVERIFY(ask(buckets, rule(10, 1), keyIn(0, 2000), m_now).allowed); // another rule
    for (quint64 i = 0; i < 8; ++i)
        QVERIFY(!ask(buckets, ten, keyIn(0, i), m_now).allowed);
}

void TestRateBuckets::afterTheFlood_newcomersHaveTheirOwn()
{
    RateBuckets buckets(512);
    const CompiledRule ten = rule(10);
    for (quint64 i = 0; i < 8; ++i)
        spend(buckets, ten, keyIn(0, i), m_now);
    spend(buckets, ten, keyIn(0, 100), m_now);
    QCOMPARE(spend(buckets, ten, keyIn(0, 101), m_now + 1min), 10);
    QCOMPARE(spend(buckets, ten, keyIn(0, 102), m_now + 1min), 10);
}

void TestRateBuckets::aDenial_costsTheOtherRulesNothing()
{
    RateBuckets buckets(512);
    const CompiledRule wide = rule(10, 0);
    const CompiledRule tight = rule(1, 1);
    const CompiledRule quiet = rule(1, 2, RateAction::Alert);
    for (int number = 0; number < 3; ++number)
        buckets.makeRoomForRule(number);
    const auto both = [&] {
        std::array asked {BucketAsk {.rule = &wide, .key = keyIn(0, 1)}, BucketAsk {.rule = &tight, .key = keyIn(1, 2)},
                          BucketAsk {.rule = &quiet, .key = keyIn(2, 3)}};
        buckets.judge(asked, m_now);
        return std::ranges::all_of(asked, &BucketAsk::isPassed);
    };
    QVERIFY(both());
    for (int i = 0; i < 50; ++i)
        QVERIFY(!both());
    QCOMPARE(spend(buckets, wide, keyIn(0, 1), m_now), 9);
    BucketAsk one {.rule = &quiet, .key = keyIn(2, 3)};
    buckets.judge({&one, 1}, m_now);
    QVERIFY(!one.decision.allowed); // it exceeds…
    QVERIFY(one.isPassed());        // …and goes on
}

void TestRateBuckets::theClockSetBack_keepsWhatIsOwed()
{
    RateBuckets buckets(512);
    const CompiledRule ten = rule(10);
    QCOMPARE(spend(buckets, ten, keyIn(0, 0), m_now), 10);
    for (int i = 0; i < 4; ++i)
        QVERIFY(ask(buckets, ten, keyIn(0, 1), m_now).allowed);
    const MicroTime before = m_now - 24h;
    QCOMPARE(spend(buckets, ten, keyIn(0, 0), before), 0);
    QCOMPARE(spend(buckets, ten, keyIn(0, 1), before), 6);
    QCOMPARE(spend(buckets, ten, keyIn(0, 0), before + 60s), 10);
}

void TestRateBuckets::aRemovedBucket_isFresh()
{
    RateBuckets buckets(512);
    const CompiledRule ten = rule(10);
    spend(buckets, ten, keyIn(0, 0), m_now);
    buckets.remove(keyIn(0, 0), ten.number);
    QVERIFY(!buckets.find(keyIn(0, 0)));
    QCOMPARE(buckets.fullest(ten.number), MicroTime());
    QCOMPARE(spend(buckets, ten, keyIn(0, 0), m_now), 10);
}

void TestRateBuckets::aPutBucket_goesOnWhereItWas()
{
    RateBuckets former(512);
    const CompiledRule ten = rule(10);
    spend(former, ten, keyIn(0, 0), m_now);
    RateBuckets buckets(512);
    buckets.makeRoomForRule(ten.number);
    buckets.put(ten, keyIn(0, 0), former.find(keyIn(0, 0)).value(), m_now);
    QVERIFY(!ask(buckets, ten, keyIn(0, 0), m_now + 5s).allowed);
    QVERIFY(ask(buckets, ten, keyIn(0, 0), m_now + 6s).allowed);
}

void TestRateBuckets::fullest_isOfItsRule()
{
    RateBuckets buckets(512);
    const CompiledRule ten = rule(10, 0);
    const CompiledRule sixty = rule(60, 1);
    ask(buckets, ten, keyIn(0, 0), m_now);
    for (int i = 0; i < 3; ++i)
        ask(buckets, ten, keyIn(5, 1), m_now);
    ask(buckets, sixty, keyIn(7, 2), m_now);
    QCOMPARE(buckets.fullest(0), m_now + 18s);
    QCOMPARE(buckets.fullest(1), m_now + 1s);
    QCOMPARE(buckets.fullest(2), MicroTime());
}

void TestRateBuckets::memory_doesNotGrow()
{
    RateBuckets buckets(4096);
    const CompiledRule ten = rule(10);
    buckets.makeRoomForRule(ten.number);
    for (quint64 i = 0; i < 200'000; ++i)
        QVERIFY(ask(buckets, ten, {.first = i, .second = i / 64 + 1}, m_now).allowed);
    int remembered = 0;
    for (quint64 i = 0; i < 200'000; ++i)
        remembered += buckets.find({.first = i, .second = i / 64 + 1}).has_value();
    QCOMPARE(remembered, 4096);
}

void TestRateBuckets::threads_countExactly()
{
    RateBuckets buckets(512);
    const CompiledRule thousand = rule(1000);
    const CompiledRule many = rule(2000, 1);
    for (int number = 0; number < 2; ++number)
        buckets.makeRoomForRule(number);
    std::atomic<int> allowed = 0;
    {
        std::vector<std::jthread> threads;
        for (quint64 thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 1000; ++i) {
                    std::array asked {BucketAsk {.rule = &many, .key = keyIn(thread, thread)},
                                      BucketAsk {.rule = &thousand, .key = keyIn(9, 9)}};
                    if (thread % 2 == 0)
                        std::swap(asked[0], asked[1]); // whoever asks in another order must not wait for ever
                    buckets.judge(asked, m_now);
                    allowed += std::ranges::all_of(asked, &BucketAsk::isPassed);
                }
            });
        }
    }
    QCOMPARE(allowed.load(), 1000);
}

QTEST_GUILESS_MAIN(TestRateBuckets)
#include "TestRateBuckets.moc"
