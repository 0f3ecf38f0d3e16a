#pragma once

#include "core/net/ThreadQueue.h"

#include <atomic>
#include <functional>
#include <thread>

namespace warder {

/// A thread with a Qt event loop that carries out orders one after the other. A std::jthread and no QThread: its start and
/// end are visible to thread sanitizers.
class EventThread final
{
public:
    using Order = std::move_only_function<void()>;

    /// `name` (at most 15 bytes) is what debuggers and top show. Returns when the loop takes orders.
    explicit EventThread(std::string name);
    ~EventThread(); ///< Carries out what was posted, then ends and joins. Not from the thread itself.

    /// Any thread. An order must not throw.
    void post(Order order);

    /// Waits until the order has been carried out. Any other thread.
    void run(Order order);

    /// Whether it has come to what the call before asked of it; true at the first call. Never waits. One other thread.
    bool answers();

private:
    void live(const std::string &name, const std::function<void()> &started);

    ThreadQueue<Order> m_orders;
    std::atomic<bool> m_answered {true};
    std::jthread m_thread;
};

} // namespace warder
