#pragma once

#include "core/base/Result.h"
#include "core/config/ListenPoint.h"
#include "core/net/gate/GatePeer.h"
#include "core/net/gate/UnixSocketFile.h"

#include <QSocketNotifier>
#include <QTcpServer>

#include <functional>
#include <memory>

namespace warder {

/// One listening socket. Passes every accepted connection on and keeps none. Acceptor's thread only.
///
/// QTcpServer opens the port and explains errors, but this class accepts by itself: when the system is out of descriptors, QTcpServer
/// reports that once and then spins.
class ListeningSocket final : public QTcpServer
{
    Q_OBJECT
public:
    using HandOver = std::function<void(const AcceptedConnection &)>;

    /// Opens an address or a unix domain socket; the refusal says in words why not. `handOver` must outlive the socket.
    static Result<std::unique_ptr<ListeningSocket>> open(const ListenPoint &point, const HandOver &handOver);

    /// A socket that another process (systemd) opened and keeps: it goes on listening after this object is destroyed.
    static Result<std::unique_ptr<ListeningSocket>> inherit(int descriptor, const HandOver &handOver);

    /// Where sockets that somebody else opened listen, in their order; those that do not are left out.
    static QList<ListenPoint> placesOf(const QList<int> &descriptors);

    ~ListeningSocket() override;

    const ListenPoint &wanted() const { return m_wanted; }
    ListenPoint place() const; ///< With the port that the system chose.

    /// Sets mode and group of a unix domain socket's file; does nothing for TCP.
    Result<void> restrict(int mode, const QString &group) const;

    /// True when a unix domain socket's file was removed, so that nobody can connect.
    bool isLost() const;

    void setOpen(bool open);

    /// Passes on the connections that the kernel has already completed, then accepts no more. Final.
    void finish();

private:
    ListeningSocket(ListenPoint wanted, const HandOver &handOver);
    void watch();
    void admit();
    void waitForDescriptors();

    const ListenPoint m_wanted;
    const HandOver &m_handOver;
    std::unique_ptr<UnixSocketFile> m_file;      ///< Null for TCP, and for what another process opened.
    std::unique_ptr<QSocketNotifier> m_notifier; ///< Fires when a connection waits.
    bool m_isInherited = false;
    bool m_open = true;
};

} // namespace warder
