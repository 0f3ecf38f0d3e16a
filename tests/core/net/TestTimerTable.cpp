#include "core/net/TimerTable.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace warder;

/// When which timer is due.
class TestTimerTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void due_earliestFirst();
    void takeTurn_staysInStep();
    void takeTurn_doesNotMakeUpForMissedTurns();
    void takeTurn_ofOneThatIsNotDue();
    void zeroInterval_isDueAgainAtOnce();
    void remove_forgets();
    void add_again_movesIt();

private:
    static TimerTable::Timer timer(int id, TimerTable::Duration interval, QObject *object = nullptr)
    {
        return {.id = Qt::TimerId(id), .interval = interval, .type = Qt::CoarseTimer, .object = object};
    }
    static std::vector<int> idsDue(const TimerTable &timers, TimerTable::Moment moment)
    {
        std::vector<int> ids;
        for (const Qt::TimerId id : timers.due(moment))
            ids.push_back(qToUnderlying(id));
        return ids;
    }
    const TimerTable::Moment m_start {1h};
};

void TestTimerTable::due_earliestFirst()
{
    TimerTable timers;
    QVERIFY(!timers.next());
    timers.add(timer(1, 30ms), m_start);
    timers.add(timer(2, 10ms), m_start);
    timers.add(timer(3, 20ms), m_start);
    QVERIFY(timers.next() == m_start + 10ms);
    QCOMPARE(idsDue(timers, m_start + 9ms), std::vector<int>());
    QCOMPARE(idsDue(timers, m_start + 20ms), (std::vector {2, 3}));
    QCOMPARE(idsDue(timers, m_start + 1s), (std::vector {2, 3, 1}));
}

void TestTimerTable::takeTurn_staysInStep()
{
    TimerTable timers;
    timers.add(timer(1, 10ms), m_start);
    QVERIFY(timers.takeTurn(Qt::TimerId(1), m_start + 14ms));
    QVERIFY(timers.next() == m_start + 20ms);
    QVERIFY(timers.remaining(Qt::TimerId(1), m_start + 14ms) == 6ms);
}

void TestTimerTable::takeTurn_doesNotMakeUpForMissedTurns()
{
    TimerTable timers;
    timers.add(timer(1, 10ms), m_start);
    QVERIFY(timers.takeTurn(Qt::TimerId(1), m_start + 75ms));
    QVERIFY(timers.next() == m_start + 85ms);
}

void TestTimerTable::takeTurn_ofOneThatIsNotDue()
{
    TimerTable timers;
    timers.add(timer(1, 10ms), m_start);
    QVERIFY(!timers.takeTurn(Qt::TimerId(1), m_start + 9ms));
    QVERIFY(!timers.takeTurn(Qt::TimerId(2), m_start + 9ms));
    QVERIFY(timers.next() == m_start + 10ms);
}

void TestTimerTable::zeroInterval_isDueAgainAtOnce()
{
    TimerTable timers;
    timers.add(timer(1, 0ms), m_start);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(idsDue(timers, m_start), std::vector {1});
        QVERIFY(timers.takeTurn(Qt::TimerId(1), m_start));
    }
}

void TestTimerTable::remove_forgets()
{
    QObject object;
    TimerTable timers;
    timers.add(timer(1, 10ms), m_start);
    timers.add(timer(2, 20ms, &object), m_start);
    timers.add(timer(3, 30ms, &object), m_start);
    QCOMPARE(timers.timersOf(&object).size(), 2);
    QVERIFY(timers.removeAllOf(&object));
    QVERIFY(!timers.removeAllOf(&object));
    QCOMPARE(idsDue(timers, m_start + 1s), std::vector {1});
    QVERIFY(timers.remove(Qt::TimerId(1)));
    QVERIFY(!timers.remove(Qt::TimerId(1)));
    QVERIFY(!timers.next());
    QVERIFY(!timers.remaining(Qt::TimerId(1), m_start));
}

void TestTimerTable::add_again_movesIt()
{
    TimerTable timers;
    timers.add(timer(1, 10ms), m_start);
    timers.add(timer(1, 50ms), m_start);
    QCOMPARE(idsDue(timers, m_start + 20ms), std::vector<int>());
    QCOMPARE(idsDue(timers, m_start + 50ms), std::vector {1});
}

QTEST_GUILESS_MAIN(TestTimerTable)
#include "TestTimerTable.moc"
