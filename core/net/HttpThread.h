#pragma once

#include "core/net/EventThread.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ServeConfig.h"

#include <condition_variable>
#include <memory>

namespace warder {

class QtHttpAdapter;
class GateServer;

/// One thread that serves connections: a gate, and QHttpServer behind it. Its methods from any other thread.
class HttpThread final
{
public:
    HttpThread(int index, ServeConfigPtr config, ConnectionCounts &counts);
    ~HttpThread(); ///< Cuts off what is still open.

    /// False when its gate could not be set up (no sockets left).
    bool isReady() const { return m_ready; }

    /// Hands over an accepted connection, which is counted in the census.
    void adopt(const AcceptedConnection &accepted);

    /// Serves in this way, those who are connected too. Returns when each later request is.
    void adapt(ServeConfigPtr config);

    /// Connections handed over and not yet gone.
    int load() const;

    /// See ThreadConnections::drain(). Returns when each later answer says that its connection closes.
    void drain(Milliseconds grace);

    /// See EventThread::answers().
    bool answers() { return m_thread.answers(); }
    bool waitUntilEmpty(std::chrono::steady_clock::time_point deadline) const;

private:
    /// What lives and dies on the thread itself.
    struct Inside;

    void settle(ServeConfigPtr config, ConnectionCounts &counts);
    void connectionLeft();

    const int m_index;
    mutable std::mutex m_mutex; ///< Guards m_load.
    mutable std::condition_variable m_emptied;
    int m_load = 0;
    bool m_ready = false;
    std::unique_ptr<Inside> m_inside; ///< Only touched by orders.
    EventThread m_thread;
};

} // namespace warder
