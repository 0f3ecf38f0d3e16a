#include "core/net/gate/ConnectionPhase.h"
#include "core/net/gate/UnsentBytes.h"

#include <QTest>

#include <chrono>

using namespace warder;
using namespace std::chrono_literals;

class TestUnsentBytes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void slowness_data();
    void slowness();
    void longAnswers_shareOneBound();
};

void TestUnsentBytes::slowness_data()
{
    QTest::addColumn<QList<int>>("unsentEachSecond");
    QTest::addColumn<bool>("tooSlow");
    QTest::newRow("nothing is unsent") << QList<int> {0, 0, 0, 0, 0, 0} << false;
    QTest::newRow("taken within the time-out") << QList<int> {9000, 9000, 9000, 0, 0, 0} << false;
    QTest::newRow("never taken") << QList<int> {9000, 9000, 9000, 9000, 9000, 9000} << true;
    QTest::newRow("taken at the rate") << QList<int> {9000, 8000, 7000, 6000, 5000, 4000} << false;
    QTest::newRow("byte by byte") << QList<int> {9000, 8999, 8998, 8997, 8996, 8995} << true;
    QTest::newRow("much at once, then nothing") << QList<int> {900'000, 9000, 9000, 9000, 9000, 9000} << true;
    QTest::newRow("more and more is unsent") << QList<int> {9000, 19'000, 29'000, 39'000, 49'000, 59'000} << true;
    QTest::newRow("another answer after the first") << QList<int> {9000, 9000, 0, 9000, 9000, 9000} << false;
}

void TestUnsentBytes::slowness()
{
    QFETCH(QList<int>, unsentEachSecond);
    ListenerLimits limits;
    limits.write = 3s;
    limits.writeBytesPerSecond = 1000;
    ConnectionCounts counts(limits);
    UnsentBytes unsentBytes(counts);
    GateTime now;
    for (const int unsent : unsentEachSecond)
        unsentBytes.update(unsent, now += 1s, limits);
    QTEST(unsentBytes.isTooSlow(now), "tooSlow");
}

void TestUnsentBytes::longAnswers_shareOneBound()
{
    ListenerLimits limits;
    limits.totalUnsentBytes = 100'000;
    ConnectionCounts counts(limits);
    UnsentBytes first(counts);
    QVERIFY(first.reserve(0, 150'000)); // the last one that fits may be longer than what is left
    {
        UnsentBytes second(counts);
        QVERIFY(!second.reserve(0, 20'000));
        QVERIFY(second.reserve(0, 10'000)); // a short one always
        QVERIFY(!second.reserve(10'000, 10'000));
    }
    first.update(90'000, {}, limits);
    UnsentBytes third(counts);
    QVERIFY(third.reserve(0, 20'000));
    first.update(0, {}, limits);
    third.update(0, {}, limits);
    QVERIFY(counts.hasRoomForUnsent());
}

QTEST_GUILESS_MAIN(TestUnsentBytes)
#include "TestUnsentBytes.moc"
