#pragma once

#include "core/config/ListenPoint.h"
#include "core/net/EventThread.h"
#include "core/net/gate/ListenConfig.h"
#include "core/net/gate/ListeningSocket.h"

#include <vector>

namespace warder {

/// Listens on a thread of its own and passes every connection on. Its methods block until that thread has done the work; call them
/// from any other thread.
class Acceptor final
{
public:
    /// `handOver` gets each connection, on the acceptor's thread, and owns its descriptor.
    explicit Acceptor(ListeningSocket::HandOver handOver);
    ~Acceptor(); ///< close()

    /// Listens on exactly these points: opens the missing ones and closes the others. A socket that stays is not touched; one whose
    /// socket file was removed is opened again. On a refusal nothing has changed.
    Result<void> open(const ListenConfig &config);

    /// Where it listens, with the ports that the system chose.
    QList<ListenPoint> places();

    void setAccepting(bool accepting);

    /// Passes on the connections that the kernel has already completed, then closes all sockets. Idempotent.
    void close();

private:
    using ListeningSockets = std::vector<std::unique_ptr<ListeningSocket>>;

    Result<void> change(const ListenConfig &config);
    Result<void> inherit(const QList<int> &descriptors);
    Result<ListeningSockets> openMissing(const QList<ListenPoint> &points);
    ListeningSocket *find(const ListenPoint &point) const;
    Error explained(Error refusal, const ListenPoint &point, const QList<ListenPoint> &wanted) const;
    void keepOnly(const QList<ListenPoint> &points);

    const ListeningSocket::HandOver m_handOver;
    ListeningSockets m_sockets; ///< This and the next are used on the thread only.
    bool m_isInherited = false;
    EventThread m_thread;
};

} // namespace warder
