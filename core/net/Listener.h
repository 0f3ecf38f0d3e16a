#pragma once

#include "core/base/Result.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ListenConfig.h"
#include "core/net/gate/ServeConfig.h"

#include <memory>
#include <mutex>
#include <vector>

namespace warder {

class Acceptor;
class HttpThread;

/// Serves HTTP/1.1: one acceptor thread that hands each connection to the HTTP thread with the fewest. May be started and
/// stopped again and again, and changed while it runs. Its methods may be called by any thread but its own, one at a time, and
/// need no event loop there; isListening(), places(), port() and load() may be asked at any time.
class Listener final
{
public:
    explicit Listener(ConnectionCounts &counts); ///< Which must outlive the listener.
    ~Listener();                                 ///< Stops with a deadline of two seconds.

    /// Starts the threads and listens; port 0 lets the system choose. A refusal says in words why (port in use, no right,
    /// no such address) and leaves the listener stopped.
    Result<void> listen(const ListenConfig &doors, ServeConfigPtr config);

    /// Goes on with these doors, served in this way, and loses nothing: doors that stay are not touched, connections live on
    /// under the new rules, those of a thread too many are closed as they come to rest. Each request that comes after the return
    /// is served in the new way. On a refusal nothing has changed.
    Result<void> adapt(const ListenConfig &doors, ServeConfigPtr config);

    /// The same with the doors and the threads that there are: nothing can be refused. Only while it listens.
    void serve(const ServeConfigPtr &config);

    bool isListening() const;

    /// Where it listens, with the ports that the system chose. Empty when stopped.
    QList<ListenPoint> places() const;
    quint16 port() const; ///< Of the first address; 0 when there is none.

    /// Connections made while paused wait in the system's backlog; those that stand are served on.
    void pauseAccepting();
    void resumeAccepting();

    /// Takes what the backlog still holds, closes the doors, lets running requests finish and be answered with
    /// "connection: close", closes idle connections after ListenerLimits::drainIdle, then ends the threads. After
    /// `deadline` whatever is still open is cut off. Blocks; answers given later are dropped.
    void stop(Milliseconds deadline);

    /// Connections of each HTTP thread, for the overview. Empty when stopped.
    std::vector<int> load() const;

    /// Whether every HTTP thread has come to what the call before asked of it. Never waits. One thread.
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
    Threads m_retired; ///< Serve who is left; nobody new.
    Milliseconds m_drainIdle {0};
    mutable std::mutex m_mutex; ///< Guards the two below.
    Threads m_threads;
    QList<ListenPoint> m_places;
};

} // namespace warder
