#pragma once

#include "core/http/Mailbox.h"

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
    ~EventThread();                        ///< Carries out what was posted, then ends and joins. Not from the thread itself.

    /// Any thread. An order must not throw.
    void post(Order order);

    /// Waits until the order has been carried out. Any other thread.
    void run(Order order);

private:
    void live(const std::string &name, const std::function<void()> &started);

    Mailbox<Order> m_orders;
    std::jthread m_thread;
};

} // namespace warder
