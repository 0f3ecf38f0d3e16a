#include "core/net/EventThread.h"

#include <QTest>

#include <latch>

using namespace warder;

/// A thread that carries out orders, and says whether it still does.
class TestEventThread : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void orders_runInOrderOnIt();
    void answers_whileItCarriesOutOrders();
    void answers_notWhileItIsStuck();
};

void TestEventThread::orders_runInOrderOnIt()
{
    std::vector<int> done;
    std::thread::id where;
    {
        EventThread thread("orders");
        for (int i = 0; i < 5; ++i)
            thread.post([&done, i] { done.push_back(i); });
        thread.run([&where] { where = std::this_thread::get_id(); });
    }
    QCOMPARE(done, (std::vector {0, 1, 2, 3, 4}));
    QVERIFY(where != std::this_thread::get_id());
}

void TestEventThread::answers_whileItCarriesOutOrders()
{
    EventThread thread("well");
    for (int i = 0; i < 5; ++i) {
        QVERIFY(thread.answers());
        thread.run([] {});
    }
}

void TestEventThread::answers_notWhileItIsStuck()
{
    std::latch freed(1);
    EventThread thread("stuck");
    thread.post([&freed] { freed.wait(); });
    QVERIFY(thread.answers()); // nobody had asked before
    QVERIFY(!thread.answers());
    QVERIFY(!thread.answers());
    freed.count_down();
    thread.run([] {});
    QVERIFY(thread.answers());
}

QTEST_GUILESS_MAIN(TestEventThread)
#include "TestEventThread.moc"
