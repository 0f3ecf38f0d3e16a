#pragma once

#include "core/base/Result.h"
#include "core/http/HttpHandler.h"
#include "core/http/gate/Census.h"
#include "core/http/gate/ListenerLimits.h"

#include <memory>
#include <vector>

namespace warder {

class Acceptor;
class HttpThread;

/// Serves HTTP/1.1 on one address: one acceptor thread that hands each connection to the HTTP thread with the fewest. May
/// be started and stopped again and again. Its methods belong to one thread, and need no event loop there; port() and
/// census() may be asked from any.
class Listener final
{
public:
    /// Both references must outlive the listener.
    Listener(HttpHandler &handler, ListenerLimits limits);
    ~Listener();                           ///< Stops with a deadline of two seconds.

    /// Starts the threads and listens; port 0 lets the system choose. A refusal says in words why (port in use, no right,
    /// no such address) and leaves the listener stopped.
    Result<void> listen(const QHostAddress &address, quint16 port);

    bool isListening() const;
    quint16 port() const;                  ///< 0 when it does not listen.

    /// Connections made while paused wait in the system's backlog; those that stand are served on.
    void pauseAccepting();
    void resumeAccepting();

    /// Takes what the backlog still holds, closes the port, lets running requests finish and be answered with
    /// "connection: close", closes idle connections after ListenerLimits::drainIdle, then ends the threads. After
    /// `deadline` whatever is still open is cut off. Blocks; answers given later are dropped.
    void stop(Milliseconds deadline);

    const Census &census() const { return m_census; }

    /// Connections of each HTTP thread, for the overview. Empty when stopped.
    std::vector<int> load() const;

private:
    HttpThread &idlest();
    Result<void> startThreads();

    HttpHandler &m_handler;
    const ListenerLimits m_limits;
    Census m_census;
    std::vector<std::unique_ptr<HttpThread>> m_threads;
    std::unique_ptr<Acceptor> m_acceptor;
    std::atomic<quint16> m_port {0};
};

} // namespace warder
