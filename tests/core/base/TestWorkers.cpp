#include "core/base/Workers.h"

#include <QDir>
#include <QTest>

#include <atomic>
#include <semaphore>
#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace warder;

class TestWorkers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thread_beginsWhenItIsNeeded(); // first, while no thread of another test is about to end
    void fullQueue_refusesAndLeavesTheJob();
    void close_runsWhatWasTaken();
    void closed_takesNothing();
    void throwingJob_harmsNobody();
    void closeDuringLoad_losesNoJob();
};

void TestWorkers::fullQueue_refusesAndLeavesTheJob()
{
    std::counting_semaphore<> goOn(0);
    std::atomic<int> ran = 0;
    Workers workers(2, 1);
    const auto job = [&] {
        goOn.acquire();
        ++ran;
    };
    for (int i = 0; i < 3; ++i)
        QVERIFY(workers.tryRun(job)); // two run, one waits
    Workers::Job fourth = job;
    QVERIFY(!workers.tryRun(std::move(fourth)));
    QVERIFY(bool(fourth)); // NOLINT(bugprone-use-after-move): a job that is refused stays
    goOn.release(3);
    workers.close();
    QCOMPARE(ran.load(), 3);
}

void TestWorkers::close_runsWhatWasTaken()
{
    std::binary_semaphore goOn(0);
    std::atomic<int> ran = 0;
    Workers workers(1, 100);
    QVERIFY(workers.tryRun([&goOn] { goOn.acquire(); }));
    for (int i = 0; i < 100; ++i)
        QVERIFY(workers.tryRun([&ran] { ++ran; }));
    goOn.release();
    workers.close();
    QCOMPARE(ran.load(), 100);
    QCOMPARE(workers.waiting(), 0u);
    QCOMPARE(workers.running(), 0);
}

void TestWorkers::closed_takesNothing()
{
    Workers workers(1, 1);
    workers.close();
    QVERIFY(!workers.tryRun([] {}));
    workers.close();
}

void TestWorkers::throwingJob_harmsNobody()
{
    QTest::ignoreMessage(QtCriticalMsg, "a job threw: on purpose");
    QTest::ignoreMessage(QtCriticalMsg, "a job threw something that is no std::exception");
    std::atomic<bool> ran = false;
    Workers workers(1, 10);
    QVERIFY(workers.tryRun([] { throw std::runtime_error("on purpose"); }));
    QVERIFY(workers.tryRun([] { throw 7; }));
    QVERIFY(workers.tryRun([&ran] { ran = true; }));
    workers.close();
    QVERIFY(ran);
}

void TestWorkers::closeDuringLoad_losesNoJob()
{
    std::atomic<int> offered = 0;
    std::atomic<int> taken = 0;
    std::atomic<int> ran = 0;
    Workers workers(3, 50);
    const auto offer = [&] {
        while (++offered < 15'000)
            taken += workers.tryRun([&ran] { ++ran; });
    };
    std::vector<std::jthread> callers;
    for (int i = 0; i < 3; ++i)
        callers.emplace_back(offer);
    while (offered < 5'000)
        std::this_thread::yield();
    workers.close();
    callers.clear();
    QCOMPARE(ran.load(), taken.load());
}

void TestWorkers::thread_beginsWhenItIsNeeded()
{
    const auto threads = [] { return QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(); };
    const auto before = threads();
    Workers workers(16, 1);
    QCOMPARE(threads(), before);
    std::counting_semaphore<> begun(0);
    std::counting_semaphore<> goOn(0);
    const auto job = [&] {
        begun.release();
        goOn.acquire();
    };
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(workers.tryRun(job));
        begun.acquire();
        QCOMPARE(threads(), before + i);
    }
    goOn.release(3);
    while (workers.running() > 0)
        std::this_thread::yield();
    for (int i = 0; i < 100; ++i) { // one that is free takes them
        QVERIFY(workers.tryRun([&begun] { begun.release(); }));
        begun.acquire();
    }
    QVERIFY(threads() <= before + 4); // the one before may be about to take its next job
}

QTEST_GUILESS_MAIN(TestWorkers)
#include "TestWorkers.moc"
