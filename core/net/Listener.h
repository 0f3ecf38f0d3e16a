#pragma once

#include "core/base/Result.h"
#include "core/config/ListenPoint.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/GatePeer.h"
#include "core/net/gate/ListenConfig.h"
#include "core/net/gate/ServeConfig.h"

#include <memory>
#include <mutex>
#include <vector>

namespace warder {

class Acceptor;
class HttpThread;

/// Serves HTTP/1.1: one acceptor thread that hands each connection to the HTTP thread with the fewest. May be started and
/// stopped again and again, and changed while it runs. Call its methods from any thread but its own, one at a time;
/// no event loop is needed there. isListening(), places(), port() and load() may be called concurrently.
class Listener final
{
public:
    explicit Listener(ConnectionCounts &counts); ///< `counts` must outlive the listener.
    ~Listener();                                 ///< Stops with a deadline of two seconds.

    /// Starts the threads and listens; port 0 lets the system choose. AddressTaken, AddressForbidden or AddressForeign where it
    /// may not; a refusal leaves the listener stopped.
    Result<void> listen(const ListenConfig &listenConfig, ServeConfigPtr config);

    /// Changes where it listens and how it serves, and loses no request: sockets that stay are not touched, open connections go on under
    /// the new configuration, and connections of a thread that is not needed any more close when they are idle. Blocks until every
    /// request that starts afterwards uses it. On a refusal nothing has changed.
    Result<void> reconfigure(const ListenConfig &listenConfig, ServeConfigPtr config);

    /// The same for the configuration of serving only, which cannot be refused; the number of threads stays. Only while it listens.
    void setServeConfig(const ServeConfigPtr &config);

    bool isListening() const;

    /// Where it listens, with the ports that the system chose. Empty when stopped.
    QList<ListenPoint> places() const;
    quint16 port() const; ///< Of the first address; 0 when there is none.

    /// False: new connections wait in the system's backlog; open ones are served on.
    void setAccepting(bool accepting);

    /// Accepts what the backlog still holds, closes the listening sockets, lets running requests finish and be answered with
    /// "connection: close", closes idle connections after ListenerLimits::drainIdle, then ends the threads. After
    /// `deadline` it aborts what is still open. Blocks; responses given later are dropped.
    void stop(Milliseconds deadline);

    /// Connections of each HTTP thread, for the overview. Empty when stopped.
    std::vector<int> load() const;

    /// Whether every HTTP thread is responsive; see EventThread::answers().
    bool answers() const;

private:
    using Threads = std::vector<std::unique_ptr<HttpThread>>;

    void handOver(const AcceptedConnection &accepted);
    Result<Threads> moreThreads(const ServeConfigPtr &config) const;
    void employ(Threads more);
    void retireThreads(const ServeConfigPtr &config);
    void remember(QList<ListenPoint> places);

    ConnectionCounts &m_counts;
    std::unique_ptr<Acceptor> m_acceptor;
    Threads m_retired; ///< They serve the connections they have and get no new ones.
    Milliseconds m_drainIdle {0};
    mutable std::mutex m_mutex; ///< Guards the two below.
    Threads m_threads;
    QList<ListenPoint> m_places;
};

} // namespace warder
