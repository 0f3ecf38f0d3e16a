#include "core/api/Delays.h"
#include "core/api/Lanes.h"

#include <QTest>

#include <atomic>
#include <semaphore>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace warder;

/// Jobs that wait: they run in the order of their times, are bounded, and no stop waits for them.
class TestDelays : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void jobs_runWhenTheirTimeHasCome();
    void jobs_runInTheOrderOfTheirTimes();
    void hurry_endsEveryWait();
    void tooMany_areRefused();
    void close_runsWhatWaits();
    void throwingJob_isSwallowed();
    void lanes_closeAfterWhatWaited();
};

void TestDelays::jobs_runWhenTheirTimeHasCome()
{
    Delays delays;
    std::binary_semaphore done(0);
    const auto began = std::chrono::steady_clock::now();
    QVERIFY(delays.add(50ms, [&done] { done.release(); }));
    done.acquire();
    QVERIFY(std::chrono::steady_clock::now() - began >= 50ms);
    QCOMPARE(delays.waiting(), std::size_t(0));
}

void TestDelays::jobs_runInTheOrderOfTheirTimes()
{
    Delays delays;
    QList<int> order;
    std::counting_semaphore<> done(0);
    const auto job = [&](int number) {
        return [&order, &done, number] {
            order += number; // on the one thread of these
            done.release();
        };
    };
    QVERIFY(delays.add(1h, job(3)));
    QVERIFY(delays.add(60ms, job(2)));
    QVERIFY(delays.add(0ms, job(1)));
    done.acquire();
    done.acquire();
    QCOMPARE(delays.waiting(), std::size_t(1));
    delays.close();
    QCOMPARE(order, (QList {1, 2, 3}));
}

void TestDelays::hurry_endsEveryWait()
{
    Delays delays;
    std::counting_semaphore<> done(0);
    for (int i = 0; i < 3; ++i)
        QVERIFY(delays.add(1h, [&done] { done.release(); }));
    delays.setHurried(true);
    QVERIFY(delays.add(1h, [&done] { done.release(); })); // who comes meanwhile
    for (int i = 0; i < 4; ++i)
        done.acquire();
    delays.setHurried(false);
    QVERIFY(delays.add(1h, [] {}));
    QCOMPARE(delays.waiting(), std::size_t(1));
}

void TestDelays::tooMany_areRefused()
{
    Delays delays;
    std::atomic<int> run = 0;
    for (std::size_t i = 0; i < Delays::most; ++i)
        QVERIFY(delays.add(1h, [&run] { ++run; }));
    Workers::Job oneMore = [] {};
    QVERIFY(!delays.add(0ms, std::move(oneMore)));
    QVERIFY(bool(oneMore)); // NOLINT(bugprone-use-after-move): a job that is refused stays
    delays.close();
    QCOMPARE(run.load(), int(Delays::most));
}

void TestDelays::close_runsWhatWaits()
{
    std::atomic<int> run = 0;
    {
        Delays delays;
        QVERIFY(delays.add(1h, [&run] { ++run; }));
    }
    QCOMPARE(run.load(), 1);
    Delays closed;
    closed.close();
    closed.close();
    QVERIFY(!closed.add(0ms, [] {}));
}

void TestDelays::throwingJob_isSwallowed()
{
    Delays delays;
    std::binary_semaphore done(0);
    QVERIFY(delays.add(0ms, [] { throw std::runtime_error("a bug"); }));
    QVERIFY(delays.add(0ms, [&done] { done.release(); }));
    done.acquire();
}

void TestDelays::lanes_closeAfterWhatWaited()
{
    Lanes lanes({.lightThreads = 1});
    std::atomic<bool> ran = false;
    QVERIFY(lanes.runAfter(1h, [&] { QVERIFY(lanes.run(Lane::Light, [&ran] { ran = true; })); }));
    QCOMPARE(lanes.delayed(), std::size_t(1));
    lanes.close();
    QVERIFY(ran.load());
    QVERIFY(!lanes.runAfter(0ms, [] {}));
}

QTEST_GUILESS_MAIN(TestDelays)
#include "TestDelays.moc"
