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

/// One listening socket. Hands every connection on and keeps none. Acceptor's thread only.
///
/// QTcpServer opens the port and names what is wrong with it, but we accept ourselves: it tells only once of a descriptor that
/// the system did not have, and then spins.
class ListeningSocket final : public QTcpServer
{
    Q_OBJECT
public:
    using HandOver = std::function<void(const AcceptedConnection &)>;

    /// Opens an address or a unix domain socket; the refusal says in words why not. `handOver` must outlive the door.
    static Result<std::unique_ptr<ListeningSocket>> open(const ListenPoint &point, const HandOver &handOver);

    /// A socket that somebody else opened, and keeps: it listens on when the door has gone.
    static Result<std::unique_ptr<ListeningSocket>> inherit(int descriptor, const HandOver &handOver);

    ~ListeningSocket() override;

    const ListenPoint &wanted() const { return m_wanted; }
    ListenPoint place() const; ///< With the port that the system chose.

    /// Of a unix domain socket; others have no file and are left alone.
    Result<void> restrict(int mode, const QString &group) const;

    /// True when a unix domain socket's file has gone: nobody can come in.
    bool isLost() const;

    void setOpen(bool open);

    /// Hands on whoever the kernel already let in, and lets nobody else in. The door is of no use afterwards.
    void finish();

private:
    ListeningSocket(ListenPoint wanted, const HandOver &handOver);
    void watch();
    void admit();
    void pauseAccepting();

    const ListenPoint m_wanted;
    const HandOver &m_handOver;
    UnixSocketFile m_file;
    std::unique_ptr<QSocketNotifier> m_notifier; ///< Somebody is at the door.
    bool m_isInherited = false;
    bool m_open = true;
};

} // namespace warder
