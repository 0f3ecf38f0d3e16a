#pragma once

#include "core/net/EventThread.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/GatePeer.h"
#include "core/net/gate/ServeConfig.h"

#include <condition_variable>
#include <memory>

namespace warder {

class QtHttpAdapter;
class GateServer;

/// One thread that serves connections: a gate, and QHttpServer behind it. Call its methods from any other thread.
class HttpThread final
{
public:
    HttpThread(int index, ServeConfigPtr config, ConnectionCounts &counts);
    ~HttpThread(); ///< Aborts connections that are still open.

    /// False when the gate could not be set up because the system has no sockets left.
    bool isReady() const { return m_ready; }

    /// Takes over an accepted connection, which is in the ConnectionCounts already.
    void adopt(const AcceptedConnection &accepted);

    /// Switches to `config`, also for open connections. Blocks until every request that starts afterwards uses it.
    void reconfigure(ServeConfigPtr config);

    /// Connections that were handed over and are still open.
    int load() const;

    /// See ThreadConnections::drain(). Blocks until every later response carries "connection: close".
    void drain(Milliseconds grace);

    /// See EventThread::answers().
    bool answers() { return m_thread.answers(); }
    bool waitUntilEmpty(std::chrono::steady_clock::time_point deadline) const;

private:
    /// The parts that are made, used and destroyed on the thread itself.
    struct Inside;

    void settle(ServeConfigPtr config, ConnectionCounts &counts);
    void connectionLeft();

    const int m_index;
    mutable std::mutex m_mutex; ///< Guards m_load.
    mutable std::condition_variable m_emptied;
    int m_load = 0;
    bool m_ready = false;
    std::unique_ptr<Inside> m_inside; ///< Used on the thread only.
    EventThread m_thread;
};

} // namespace warder
