#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/HashMeasure.h"
#include "core/crypto/HashTuning.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace std::chrono_literals;

namespace {

using Microseconds = std::chrono::microseconds;
using Machine = std::function<Microseconds(const HashingPolicy &)>; ///< In place of a measurement.

constexpr int mib = 1024;

HashingPolicy argon2Of(int memoryKib, int iterations, int parallelism = 1)
{
    return {.memoryKib = memoryKib, .iterations = iterations, .parallelism = parallelism};
}

HashingPolicy bcryptOf(int cost) { return {.algorithm = HashingPolicy::Algorithm::Bcrypt, .bcryptCost = cost}; }

double workIn(const HashingPolicy &policy)
{
    return policy.algorithm == HashingPolicy::Algorithm::Bcrypt ? std::ldexp(1.0, policy.bcryptCost)
                                                                : double(policy.memoryKib) * policy.iterations;
}

/// So many microseconds for each KiB and pass, or for each 2^cost.
Machine evenMachine(double each)
{
    return [each](const HashingPolicy &policy) { return Microseconds(qint64(workIn(policy) * each)); };
}

/// Where its caches end a hash takes half as long again.
Machine cachingMachine(double each)
{
    return [each](const HashingPolicy &policy) {
        return Microseconds(qint64(workIn(policy) * each * (policy.memoryKib > 32 * mib ? 1.5 : 1)));
    };
}

/// The larger the slower, more than its share.
Machine bentMachine(double each)
{
    return [each](const HashingPolicy &policy) { return Microseconds(qint64(std::pow(workIn(policy), 1.1) * each)); };
}

/// No two measurements agree.
Machine shakyMachine(double each)
{
    return [each](const HashingPolicy &policy) {
        const double share = 0.95 + 0.1 * double(policy.memoryKib / mib * 7 % 11 + policy.iterations * 3 % 5) / 14;
        return Microseconds(qint64(workIn(policy) * each * share));
    };
}

/// All that it measures, until it is over.
QList<HashTrial> searchedOn(const HashTuning &tuning, const Machine &machine)
{
    QList<HashTrial> tried;
    while (const auto next = tuning.next(tried)) {
        if (tried.size() > HashTuning::mostTrials)
            break;
        tried += HashTrial {.policy = *next, .time = machine(*next)};
    }
    return tried;
}

QString inLines(const QList<HashTrial> &tried)
{
    QStringList lines;
    for (const auto &[policy, time] : tried)
        lines += u"m=%1 t=%2 p=%3 cost=%4: %5 µs"_s.arg(policy.memoryKib)
                     .arg(policy.iterations)
                     .arg(policy.parallelism)
                     .arg(policy.bcryptCost)
                     .arg(time.count());
    return lines.join(u'\n');
}

} // namespace

/// What a tuning of password hashing measures next, and where it ends, on machines that are made up.
class TestHashTuning : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void first_isWhatIsInForce();
    void search_ends_data();
    void search_ends();
    void search_onAnyMachine_isSafe_data();
    void search_onAnyMachine_isSafe();
    void memory_isTheNearerBound_data();
    void memory_isTheNearerBound();
    void best_ofNothing_isNothing();
    void odd_trials_hurtNobody();
    void measure_takesTheTimeOfOneHash_data();
    void measure_takesTheTimeOfOneHash();
    void measure_isStopped();
    void measure_refusesWhatNobodyCanHash();

private:
    CryptoLibraries m_libraries;
};

void TestHashTuning::first_isWhatIsInForce()
{
    const HashingPolicy now = argon2Of(1024 * mib, 20, 4);
    const HashTuning tuning(now, 250ms, 64 * mib);
    QVERIFY(tuning.next({}) == now);
    // … which says nothing of those that are looked among.
    QVERIFY(tuning.next({{.policy = now, .time = 60s}}) == argon2Of(HashTuning::leastMemoryKib, 2));
}

void TestHashTuning::search_ends_data()
{
    QTest::addColumn<HashingPolicy>("now");
    QTest::addColumn<int>("memoryKib");
    QTest::addColumn<Machine>("machine");
    QTest::addColumn<HashingPolicy>("outcome");
    const HashingPolicy usual;
    const HashingPolicy least = argon2Of(19 * mib, 2);
    QTest::newRow("all memory, then passes") << usual << 64 * mib << evenMachine(1) << argon2Of(64 * mib, 3);
    QTest::newRow("a quick machine gets the most passes") << usual << 19 * mib << evenMachine(0.1) << argon2Of(19 * mib, 20);
    QTest::newRow("a slow one less memory than it might have") << usual << 1024 * mib << evenMachine(4) << argon2Of(29 * mib, 2);
    QTest::newRow("one that is too slow the least") << usual << 64 * mib << evenMachine(10) << least;
    QTest::newRow("what is in force is right") << argon2Of(64 * mib, 3) << 64 * mib << evenMachine(1.2) << argon2Of(64 * mib, 3);
    QTest::newRow("what is in force is too much") << argon2Of(512 * mib, 8, 4) << 64 * mib << evenMachine(1) << argon2Of(64 * mib, 3);
    QTest::newRow("what is in force is too little") << argon2Of(128, 1) << 64 * mib << evenMachine(1) << argon2Of(64 * mib, 3);
    QTest::newRow("bcrypt") << bcryptOf(12) << 0 << evenMachine(60) << bcryptOf(11);
    QTest::newRow("bcrypt, a quick machine") << bcryptOf(12) << 0 << evenMachine(1) << bcryptOf(17);
    QTest::newRow("bcrypt, one that is too slow") << bcryptOf(12) << 0 << evenMachine(1000) << bcryptOf(10);
    QTest::newRow("bcrypt, below what is safe") << bcryptOf(4) << 0 << evenMachine(60) << bcryptOf(11);
}

void TestHashTuning::search_ends()
{
    QFETCH(HashingPolicy, now);
    QFETCH(int, memoryKib);
    QFETCH(Machine, machine);
    QFETCH(HashingPolicy, outcome);
    const HashTuning tuning(now, 245ms, memoryKib);
    const QList<HashTrial> tried = searchedOn(tuning, machine);
    QVERIFY(tried.first().policy == now);
    const auto best = tuning.best(tried);
    QVERIFY2(best && best->policy == outcome, qPrintable(inLines(tried)));
    QCOMPARE(best->time.count(), machine(outcome).count());
}

void TestHashTuning::search_onAnyMachine_isSafe_data()
{
    QTest::addColumn<Machine>("machine");
    QTest::addColumn<qint64>("target");
    QTest::addColumn<int>("memoryKib");
    const auto rows = [](const char *name, Machine (*make)(double)) {
        for (const double each : {0.05, 0.3, 0.7, 1.0, 2.5, 9.0}) {
            for (const qint64 target : {50, 250, 2000}) {
                for (const int memory : {19, 46, 64, 300, 1024})
                    QTest::addRow("%s, %g us, %lld ms, %d MiB", name, each, target, memory) << make(each) << target << memory * mib;
            }
        }
    };
    rows("even", evenMachine);
    rows("caches", cachingMachine);
    rows("bent", bentMachine);
    rows("shaky", shakyMachine);
}

void TestHashTuning::search_onAnyMachine_isSafe()
{
    QFETCH(Machine, machine);
    QFETCH(qint64, target);
    QFETCH(int, memoryKib);
    const HashTuning tuning({}, Milliseconds {target}, memoryKib);
    const QList<HashTrial> tried = searchedOn(tuning, machine);
    const QString all = inLines(tried);
    QVERIFY2(tried.size() <= HashTuning::mostTrials, qPrintable(all));
    for (qsizetype i = 0; i < tried.size(); ++i) {
        const HashingPolicy &policy = tried[i].policy;
        QVERIFY2(policy.memoryKib >= 19 * mib && policy.memoryKib <= memoryKib && policy.parallelism == 1, qPrintable(all));
        QVERIFY2(policy.iterations >= 2 && policy.iterations <= 20, qPrintable(all));
        const auto again = std::ranges::count(tried, policy, &HashTrial::policy);
        QVERIFY2(again == 1, qPrintable(all)); // none is measured twice
    }
    const auto best = tuning.best(tried);
    QVERIFY(best);
    const bool isLeast = best->policy == argon2Of(19 * mib, 2);
    QVERIFY2(best->time <= Milliseconds {target} || isLeast, qPrintable(all));
    // Either it is near, or a little more is too much, or there is no more.
    const bool isMost = best->policy == argon2Of(memoryKib, 20);
    const auto tooMuch = [&](const HashTrial &each) {
        return each.time > Milliseconds {target}
               && workIn(each.policy) <= std::max(workIn(best->policy) * 1.5, workIn(best->policy) + 2 * mib);
    };
    QVERIFY2(isMost || best->time * 10 >= Milliseconds {target} * 9 || std::ranges::any_of(tried, tooMuch), qPrintable(all));
}

void TestHashTuning::memory_isTheNearerBound_data()
{
    QTest::addColumn<int>("memoryKib");
    QTest::addColumn<int>("most");
    QTest::newRow("nothing") << 0 << 19 * mib;
    QTest::newRow("below zero") << -1 << 19 * mib;
    QTest::newRow("between two steps") << 20 * mib - 1 << 19 * mib;
    QTest::newRow("a step") << 20 * mib << 20 * mib;
    QTest::newRow("more than a setting takes") << std::numeric_limits<int>::max() << 1024 * mib;
}

void TestHashTuning::memory_isTheNearerBound()
{
    QFETCH(int, memoryKib);
    QFETCH(int, most);
    const HashTuning tuning({}, 2000ms, memoryKib);
    const QList<HashTrial> tried = searchedOn(tuning, evenMachine(0.01));
    QCOMPARE(tuning.best(tried)->policy.memoryKib, most);
}

void TestHashTuning::best_ofNothing_isNothing()
{
    const HashTuning tuning({}, 250ms, 64 * mib);
    QVERIFY(!tuning.best({}));
    QVERIFY(!tuning.best({{.policy = argon2Of(128, 1), .time = 1ms}})); // not safe, however quick
}

/// They come back from whoever asks.
void TestHashTuning::odd_trials_hurtNobody()
{
    const HashTuning tuning({}, 250ms, 64 * mib);
    const HashingPolicy least = argon2Of(19 * mib, 2);
    const QList<HashTrial> odd {
        {.policy = least, .time = 0us}, {.policy = argon2Of(-1, -1, -1), .time = 1us}, {.policy = bcryptOf(99), .time = 1us}};
    const auto next = tuning.next(odd);
    QVERIFY(next && next->memoryKib > least.memoryKib);
    QVERIFY(tuning.next({{.policy = least, .time = 1ms}, {.policy = least, .time = 900ms}}) != least); // told twice, and not the same
    QList<HashTrial> many(HashTuning::mostTrials, HashTrial {.policy = least, .time = 1ms});
    QVERIFY(!tuning.next(many));
    QVERIFY(tuning.best(many)->policy == least);
}

void TestHashTuning::measure_takesTheTimeOfOneHash_data()
{
    QTest::addColumn<HashingPolicy>("cheap");
    QTest::addColumn<HashingPolicy>("dear");
    QTest::newRow("argon2id") << argon2Of(1024, 1) << argon2Of(16 * mib, 4);
    QTest::newRow("bcrypt") << bcryptOf(4) << bcryptOf(9);
}

void TestHashTuning::measure_takesTheTimeOfOneHash()
{
    QFETCH(HashingPolicy, cheap);
    QFETCH(HashingPolicy, dear);
    QList<int> heard;
    const auto goesOn = [&heard](int done, int all) {
        heard += done;
        return done < all;
    };
    const auto little = measureHash(cheap, goesOn);
    QVERIFY(little && little->count() > 0);
    QCOMPARE(heard, (QList {0, 1, 2}));
    const auto much = measureHash(dear, goesOn);
    QVERIFY(much && *much > 4 * *little); // it is more than thirty times the work
}

void TestHashTuning::measure_isStopped()
{
    int asked = 0;
    const auto stopped = measureHash(argon2Of(128, 1), [&asked](int, int) { return ++asked < 2; });
    QCOMPARE(stopped.error().code, ErrorCode::Busy);
    QCOMPARE(asked, 2);
}

void TestHashTuning::measure_refusesWhatNobodyCanHash()
{
    const auto always = [](int, int) { return true; };
    QCOMPARE(measureHash(argon2Of(2048 * mib, 1), always).error().code, ErrorCode::CryptoFailure);
    QCOMPARE(measureHash(bcryptOf(3), always).error().code, ErrorCode::CryptoFailure);
}

QTEST_GUILESS_MAIN(TestHashTuning)
#include "TestHashTuning.moc"
