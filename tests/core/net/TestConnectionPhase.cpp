#include "core/net/gate/ConnectionPhase.h"

#include <QTest>

using namespace warder;
using namespace std::chrono_literals;

using Phase = ConnectionPhase::Phase;
using Ending = ConnectionPhase::Ending;

class TestConnectionPhase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ending_data();
    void ending();
    void deadline_data();
    void deadline();
    void body_thatKeepsItsRate_getsMoreTime_data();
    void body_thatKeepsItsRate_getsMoreTime();
    void rest_isShortened_notLengthened();

private:
    static constexpr GateTime start {1000s};
};

void TestConnectionPhase::ending_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<bool>("reads");
    QTest::newRow("nothing came") << Phase::First << Ending::Finish << true;
    QTest::newRow("half a head") << Phase::Head << Ending::RefuseRequest << true;
    QTest::newRow("half a body") << Phase::Body << Ending::RefuseRequest << true;
    QTest::newRow("the handler is late") << Phase::Busy << Ending::RefuseHandler << false;
    QTest::newRow("the client takes nothing") << Phase::Flush << Ending::Abort << false;
    QTest::newRow("at rest") << Phase::Idle << Ending::Finish << true;
    QTest::newRow("after the last response") << Phase::Linger << Ending::Abort << false;
    QTest::newRow("at the end") << Phase::Dead << Ending::None << false;
}

void TestConnectionPhase::ending()
{
    QFETCH(Phase, phase);
    ConnectionPhase connection;
    connection.enter(phase, 10s, start);
    QTEST(connection.ending(), "ending");
    QTEST(connection.mayRead(), "reads");
}

void TestConnectionPhase::deadline_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<Milliseconds>("later");
    QTest::addColumn<bool>("overdue");
    QTest::newRow("a moment before") << Phase::Head << Milliseconds(9'999) << false;
    QTest::newRow("at the deadline") << Phase::Head << Milliseconds(10'000) << true;
    QTest::newRow("long after") << Phase::Busy << Milliseconds(100'000) << true;
    QTest::newRow("the dead have none") << Phase::Dead << Milliseconds(100'000) << false;
}

void TestConnectionPhase::deadline()
{
    QFETCH(Phase, phase);
    QFETCH(Milliseconds, later);
    QFETCH(bool, overdue);
    ConnectionPhase connection;
    connection.enter(phase, 10s, start);
    QCOMPARE(connection.isOverdue(start + later, 0, {}), overdue);
    if (phase != Phase::Dead)
        QCOMPARE(connection.isStillOverdue(phase, start + later), overdue);
    connection.enter(Phase::Idle, 30s, start + later);
    QVERIFY(!connection.isStillOverdue(phase, start + later)); // what came meanwhile saved it
}

void TestConnectionPhase::body_thatKeepsItsRate_getsMoreTime_data()
{
    QTest::addColumn<qint64>("received");
    QTest::addColumn<bool>("overdue");
    QTest::newRow("nothing") << qint64(0) << true;
    QTest::newRow("exactly the rate") << qint64(10'000) << true;
    QTest::newRow("a byte more") << qint64(10'001) << false;
}

void TestConnectionPhase::body_thatKeepsItsRate_getsMoreTime()
{
    QFETCH(qint64, received);
    QFETCH(bool, overdue);
    ListenerLimits limits;
    limits.bodyBytesPerSecond = 1000;
    limits.tick = 500ms;
    ConnectionPhase connection;
    connection.enter(Phase::Body, 10s, start);
    QCOMPARE(connection.isOverdue(start + 10s, received, limits), overdue);
    if (overdue)
        return;
    QVERIFY(!connection.isOverdue(start + 10s + 499ms, 0, limits));
    QVERIFY(connection.isOverdue(start + 10s + 500ms, received, limits)); // no more came
}

void TestConnectionPhase::rest_isShortened_notLengthened()
{
    for (const Phase phase : {Phase::First, Phase::Idle}) {
        ConnectionPhase connection;
        connection.enter(phase, 10s, start);
        connection.shortenRest(start + 20s);
        QVERIFY(!connection.isOverdue(start + 9s, 0, {}));
        connection.shortenRest(start + 2s);
        QVERIFY(connection.isOverdue(start + 2s, 0, {}));
    }
    ConnectionPhase busy;
    busy.enter(Phase::Busy, 10s, start);
    busy.shortenRest(start);
    QVERIFY(!busy.isOverdue(start + 9s, 0, {}));
}

QTEST_APPLESS_MAIN(TestConnectionPhase)
#include "TestConnectionPhase.moc"
