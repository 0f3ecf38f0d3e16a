#include "core/base/BriefMutex.h"

#include <QTest>

#include <atomic>
#include <semaphore>
#include <thread>
#include <vector>

using namespace warder;

class TestBriefMutex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lock_keepsOthersOut();
    void lockHeldLong_isWaitedFor();
};

void TestBriefMutex::lock_keepsOthersOut()
{
    constexpr int threads = 4;
    constexpr int times = 20'000;
    BriefMutex mutex;
    qint64 count = 0; // not atomic: only the lock keeps it whole
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i) {
            workers.emplace_back([&] {
                for (int k = 0; k < times; ++k) {
                    const std::scoped_lock lock(mutex);
                    const qint64 was = count;
                    if (k % 64 == 0)
                        std::this_thread::yield(); // or the compiler may add them all at once
                    count = was + 1;
                }
            });
        }
    }
    QCOMPARE(count, qint64 {threads} * times);
}

void TestBriefMutex::lockHeldLong_isWaitedFor()
{
    BriefMutex mutex;
    std::binary_semaphore waits(0);
    std::atomic<bool> entered = false;
    mutex.lock();
    std::jthread other([&] {
        waits.release();
        const std::scoped_lock lock(mutex);
        entered = true;
    });
    waits.acquire();
    for (int i = 0; i < 1000; ++i) // long after it has stopped looking
        std::this_thread::yield();
    QVERIFY(!entered);
    mutex.unlock();
    other.join();
    QVERIFY(entered);
}

QTEST_GUILESS_MAIN(TestBriefMutex)
#include "TestBriefMutex.moc"
