#include "core/net/EventThread.h"

#include <QEventLoop>
#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <fcntl.h>
#include <latch>
#include <sys/socket.h>
#include <unistd.h>

#ifdef Q_OS_LINUX
#include "core/net/EpollDispatcher.h"
#endif

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace warder;

namespace {

/// Two connected sockets: what is written to one end can be read at the other.
struct Wire
{
    Wire()
    {
        std::array<int, 2> ends {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0)
            qFatal("no socket pair");
        near = ends[0];
        far = ends[1];
    }
    ~Wire()
    {
        ::close(near);
        ::close(far);
    }
    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;
    void say(char c = 'x') const { QVERIFY(::write(far, &c, 1) == 1); }
    void hear() const
    {
        char c = 0;
        QVERIFY(::read(near, &c, 1) == 1);
    }
    int near = -1;
    int far = -1;
};

} // namespace

/// The event loop of the HTTP threads, as Qt uses it.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();

    void eventThread_waitsByEpoll();
    void readable_isTold();
    void switchedOff_isNotTold();
    void writeNotifier_switchedOnAndOff();
    void hangUp_isTold();
    void notifierDeletedByAnother_isNotTold();
    void numberGivenAgain_isANewSocket();
    void closedUnderItsNotifier_isWatchedAgain();
    void moreThanABatch_isToldInWhole();
    void timers_runInOrder();
    void timer_stopsItself();
    void zeroTimer_letsSocketsThrough();
    void deletedObject_takesItsTimerAlong();
    void nestedLoop_goesOn();
    void ordersFromManyThreads_allArrive();

private:
    /// On a thread with the dispatcher, until `body` calls the function it is given.
    static void inLoop(const std::function<void(const std::function<void()> &done)> &body);
};

void TestEpollDispatcher::initTestCase()
{
#ifndef Q_OS_LINUX
    QSKIP("epoll is Linux's");
#endif
}

void TestEpollDispatcher::inLoop(const std::function<void(const std::function<void()> &)> &body)
{
    std::latch over(1);
    EventThread thread("loop");
    thread.post([&] { body([&over] { over.count_down(); }); });
    over.wait();
}

void TestEpollDispatcher::eventThread_waitsByEpoll()
{
    bool byEpoll = false;
    EventThread("loop").run([&byEpoll] { byEpoll = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()) != nullptr; });
    QVERIFY(byEpoll);
}

void TestEpollDispatcher::readable_isTold()
{
    const Wire wire;
    int told = 0;
    std::unique_ptr<QSocketNotifier> notifier;
    inLoop([&](const auto &done) {
        notifier = std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [&, done] {
            wire.hear();
            if (++told == 3)
                return notifier.reset(), done();
            wire.say();
        });
        wire.say();
    });
    QCOMPARE(told, 3);
}

void TestEpollDispatcher::switchedOff_isNotTold()
{
    const Wire wire;
    const Wire other;
    int told = 0;
    std::vector<std::unique_ptr<QObject>> kept;
    inLoop([&](const auto &done) {
        auto quiet = std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read);
        QObject::connect(quiet.get(), &QSocketNotifier::activated, quiet.get(), [&told] { ++told; });
        quiet->setEnabled(false);
        auto loud = std::make_unique<QSocketNotifier>(other.near, QSocketNotifier::Read);
        QObject::connect(loud.get(), &QSocketNotifier::activated, loud.get(), [&, done] { kept.clear(), done(); });
        kept.push_back(std::move(quiet));
        kept.push_back(std::move(loud));
        wire.say();
        other.say();
    });
    QCOMPARE(told, 0);
}

void TestEpollDispatcher::writeNotifier_switchedOnAndOff()
{
    const Wire wire;
    QByteArray order;
    std::vector<std::unique_ptr<QSocketNotifier>> both;
    inLoop([&](const auto &done) {
        both.push_back(std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read));
        both.push_back(std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Write));
        QObject::connect(both[0].get(), &QSocketNotifier::activated, both[0].get(), [&] {
            order += 'r';
            wire.hear();
            both[1]->setEnabled(true);
        });
        QObject::connect(both[1].get(), &QSocketNotifier::activated, both[1].get(), [&, done] {
            order += 'w';
            both[1]->setEnabled(false);
            if (order.size() >= 6)
                return both.clear(), done();
            wire.say();
        });
        both[1]->setEnabled(false);
        wire.say();
    });
    QCOMPARE(order, "rwrwrw");
}

void TestEpollDispatcher::hangUp_isTold()
{
    Wire wire;
    ssize_t got = -1;
    std::unique_ptr<QSocketNotifier> notifier;
    inLoop([&](const auto &done) {
        notifier = std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [&, done] {
            char c = 0;
            got = ::read(wire.near, &c, 1);
            notifier.reset();
            done();
        });
        ::close(std::exchange(wire.far, -1));
    });
    QCOMPARE(got, ssize_t(0));
}

void TestEpollDispatcher::notifierDeletedByAnother_isNotTold()
{
    const Wire first;
    const Wire second;
    int told = 0;
    std::array<std::unique_ptr<QSocketNotifier>, 2> notifiers;
    inLoop([&](const auto &done) {
        for (std::size_t i = 0; i < 2; ++i) {
            notifiers[i] = std::make_unique<QSocketNotifier>(i == 0 ? first.near : second.near, QSocketNotifier::Read);
            QObject::connect(notifiers[i].get(), &QSocketNotifier::activated, notifiers[i].get(), [&, i, done] {
                ++told;
                notifiers[1 - i].reset(); // both are ready in the same turn
                QTimer::singleShot(20ms, [&, done] { notifiers = {}, done(); });
                notifiers[i]->setEnabled(false);
            });
        }
        first.say();
        second.say();
    });
    QCOMPARE(told, 1);
}

void TestEpollDispatcher::numberGivenAgain_isANewSocket()
{
    const Wire wire;
    const Wire other;
    bool told = false;
    std::unique_ptr<QSocketNotifier> notifier;
    inLoop([&](const auto &done) {
        auto *before = new QSocketNotifier(wire.near, QSocketNotifier::Read);
        QTimer::singleShot(0, [&, before, done] { // the kernel watches it by now
            delete before;
            QVERIFY(::dup3(other.near, wire.near, O_CLOEXEC) == wire.near); // closes, and takes its number
            notifier = std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read);
            QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [&, done] {
                told = true;
                notifier.reset();
                done();
            });
            other.say();
        });
    });
    QVERIFY(told);
}

void TestEpollDispatcher::closedUnderItsNotifier_isWatchedAgain()
{
    const Wire wire;
    const Wire other;
    bool told = false;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    inLoop([&](const auto &done) {
        notifiers.push_back(std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read));
        QObject::connect(notifiers[0].get(), &QSocketNotifier::activated, notifiers[0].get(), [&, done] {
            told = true;
            notifiers.clear();
            done();
        });
        QTimer::singleShot(0, [&] {
            QVERIFY(::dup3(other.near, wire.near, O_CLOEXEC) == wire.near);
            notifiers.push_back(std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Write)); // a change: it is told anew
            notifiers.back()->setEnabled(true);
            other.say();
        });
    });
    QVERIFY(told);
}

void TestEpollDispatcher::moreThanABatch_isToldInWhole()
{
    constexpr int many = 400;
    const std::vector<Wire> wires(many);
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    int told = 0;
    inLoop([&](const auto &done) {
        for (const Wire &wire : wires) {
            notifiers.push_back(std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read));
            QObject::connect(notifiers.back().get(), &QSocketNotifier::activated, notifiers.back().get(), [&, done] {
                wire.hear();
                if (++told == many)
                    QTimer::singleShot(0, [&, done] { notifiers.clear(), done(); });
            });
            wire.say();
        }
    });
    QCOMPARE(told, many);
}

void TestEpollDispatcher::timers_runInOrder()
{
    QByteArray order;
    inLoop([&order](const auto &done) {
        QTimer::singleShot(30ms, [&order, done] { order += 'c', done(); });
        QTimer::singleShot(0, [&order] { order += 'a'; });
        QTimer::singleShot(10ms, [&order] { order += 'b'; });
    });
    QCOMPARE(order, "abc");
}

void TestEpollDispatcher::timer_stopsItself()
{
    int turns = 0;
    std::unique_ptr<QTimer> timer;
    inLoop([&](const auto &done) {
        timer = std::make_unique<QTimer>();
        timer->callOnTimeout(timer.get(), [&, done] {
            if (++turns < 3)
                return;
            timer->stop();
            QTimer::singleShot(20ms, [&, done] { timer.reset(), done(); });
        });
        timer->start(2ms);
    });
    QCOMPARE(turns, 3);
}

void TestEpollDispatcher::zeroTimer_letsSocketsThrough()
{
    const Wire wire;
    int turns = 0;
    std::vector<std::unique_ptr<QObject>> kept;
    inLoop([&](const auto &done) {
        auto busy = std::make_unique<QTimer>();
        busy->callOnTimeout(busy.get(), [&] {
            if (++turns == 5)
                wire.say();
        });
        busy->start(0);
        auto notifier = std::make_unique<QSocketNotifier>(wire.near, QSocketNotifier::Read);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [&, done] { kept.clear(), done(); });
        kept.push_back(std::move(busy));
        kept.push_back(std::move(notifier));
    });
    QVERIFY(turns >= 5);
}

void TestEpollDispatcher::deletedObject_takesItsTimerAlong()
{
    int turns = 0;
    inLoop([&turns](const auto &done) {
        auto *timer = new QTimer;
        timer->callOnTimeout(timer, [&turns] { ++turns; });
        timer->start(5ms);
        QTimer::singleShot(0, timer, [timer] { delete timer; });
        QTimer::singleShot(30ms, done);
    });
    QCOMPARE(turns, 0);
}

void TestEpollDispatcher::nestedLoop_goesOn()
{
    QByteArray order;
    inLoop([&order](const auto &done) {
        QEventLoop inner;
        QTimer::singleShot(0, [&order] { order += 't'; });
        QTimer::singleShot(10ms, &inner, &QEventLoop::quit);
        inner.exec();
        order += 'e';
        done();
    });
    QCOMPARE(order, "te");
}

void TestEpollDispatcher::ordersFromManyThreads_allArrive()
{
    constexpr int each = 5'000;
    int arrived = 0;
    {
        EventThread thread("busy");
        std::vector<std::jthread> posters;
        for (int i = 0; i < 4; ++i) {
            posters.emplace_back([&] {
                for (int n = 0; n < each; ++n)
                    thread.post([&arrived] { ++arrived; });
            });
        }
        posters.clear();
        for (int n = 0; n < 100; ++n)
            thread.run([] {}); // each waits for a wake-up of its own
    }
    QCOMPARE(arrived, 4 * each);
}

QTEST_GUILESS_MAIN(TestEpollDispatcher)
#include "TestEpollDispatcher.moc"
