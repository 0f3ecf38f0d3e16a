#pragma once

#include "core/net/EventThread.h"
#include "core/net/gate/ListenConfig.h"
#include "core/net/gate/ListeningSocket.h"

#include <vector>

namespace warder {

/// Listens on a thread of its own and hands every connection on. Its methods wait for that thread; from any other thread.
class Acceptor final
{
public:
    /// `handOver` gets each connection, on the acceptor's thread, and owns its descriptor.
    explicit Acceptor(ListeningSocket::HandOver handOver);
    ~Acceptor(); ///< close()

    /// Opens these doors and closes those that are none of them; a door that stays is not touched, one whose socket file
    /// somebody removed is opened anew. On a refusal nothing has changed.
    Result<void> open(const ListenConfig &doors);

    /// Where it listens, with the ports that the system chose.
    QList<ListenPoint> places();

    void pause();
    void resume();

    /// Hands on whoever the kernel already let in, then closes all doors. Idempotent.
    void close();

private:
    using ListeningSockets = std::vector<std::unique_ptr<ListeningSocket>>;

    Result<void> change(const ListenConfig &doors);
    Result<void> inherit(const QList<int> &descriptors);
    Result<ListeningSockets> openMissing(const QList<ListenPoint> &points);
    ListeningSocket *find(const ListenPoint &point) const;
    Error explained(Error refusal, const ListenPoint &point, const QList<ListenPoint> &wanted) const;
    void keepOnly(const QList<ListenPoint> &points);

    const ListeningSocket::HandOver m_handOver;
    ListeningSockets m_doors; ///< These two live on the thread.
    bool m_isInherited = false;
    EventThread m_thread;
};

} // namespace warder
