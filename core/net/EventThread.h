#pragma once

#include "core/net/ThreadQueue.h"

#include <atomic>
#include <functional>
#include <thread>

namespace warder {

/// A thread with a Qt event loop that runs orders one after the other. It is a std::jthread, not a QThread, because thread sanitizers
/// see its start and end.
class EventThread final
{
public:
    using Order = std::move_only_function<void()>;

    /// `name` (at most 15 bytes) is what debuggers and top show. Returns when the loop is running.
    explicit EventThread(std::string name);
    ~EventThread(); ///< Runs what was posted, then joins. Not from the thread itself.

    /// Any thread. An order must not throw.
    void post(Order order);

    /// Runs the order and waits for it. Any other thread.
    void run(Order order);

    /// Whether the loop is responsive: true if it has reached the probe that the previous call posted (always true at the first call).
    /// Never waits. Call it from one other thread only.
    bool answers();

private:
    void live(const std::string &name, const std::function<void()> &started);

    ThreadQueue<Order> m_orders;
    std::atomic<bool> m_answered {true};
    std::jthread m_thread;
};

} // namespace warder
