#include "core/net/EventThread.h"

#include "core/platform/Process.h"

#include <QEventLoop>
#include <QThread>

#include <latch>

#ifdef Q_OS_LINUX
#include "core/net/EpollDispatcher.h"
#endif

namespace warder {
namespace {

/// Before anything on this thread needs an event loop. Where it cannot be had, Qt makes its own.
void waitByEpoll()
{
#ifdef Q_OS_LINUX
    auto dispatcher = std::make_unique<EpollDispatcher>();
    if (dispatcher->isReady())
        QThread::currentThread()->setEventDispatcher(dispatcher.release()); // the thread's end deletes it
#endif
}

} // namespace

EventThread::EventThread(std::string name)
{
    std::latch started(1);
    m_thread = std::jthread([this, name = std::move(name), &started] { live(name, [&started] { started.count_down(); }); });
    started.wait();
}

EventThread::~EventThread()
{
    post({}); // an empty order ends the loop
}

void EventThread::post(Order order) { m_orders.post(std::move(order)); }

void EventThread::run(Order order)
{
    std::latch done(1);
    post([&] {
        order();
        done.count_down();
    });
    done.wait();
}

bool EventThread::answers()
{
    const bool answered = m_answered.exchange(false);
    if (answered)
        post([this] { m_answered = true; });
    return answered;
}

void EventThread::live(const std::string &name, const std::function<void()> &started)
{
    platform::nameThisThread(name);
    waitByEpoll();
    QEventLoop loop;
    Wakeup wakeup([this, &loop] {
        for (Order &order : m_orders.takeAll()) {
            if (order)
                order();
            else
                loop.quit();
        }
    });
    m_orders.open(wakeup);
    started();
    loop.exec();
    m_orders.close();
}

} // namespace warder
