#pragma once

#include "core/net/gate/ThreadConnections.h"

#include <QAbstractSocket>
#include <QTimer>

namespace warder {

struct ProxyHeader;

/// What a connection goes through before it speaks HTTP: the PROXY header of a proxy of ours, where that is set, then the TLS
/// handshake. Each step has one deadline that no progress extends. Owns the connection until it has entered. Deletes itself.
/// HTTP thread only.
class GateEntry final : public QObject
{
    Q_OBJECT
public:
    /// What to do with a connection that may speak HTTP now; `wire` passes to the caller.
    using Entered = std::function<void(std::unique_ptr<QAbstractSocket> wire, const GatePeer &peer)>;

    /// True when this connection has a step to go through.
    static bool isNeeded(const ServeConfig &config, const GatePeer &peer);

    /// `peer` is in the ConnectionCounts already.
    GateEntry(ThreadConnections &connections, std::unique_ptr<QAbstractSocket> wire, const GatePeer &peer, Entered entered,
              QObject *parent);
    ~GateEntry() override;

    void start();

    /// It has at most this long left.
    void shorten(Milliseconds grace);

private:
    void readHeader();
    void refuseHeader();
    bool becomeClient(const ProxyHeader &header);
    void shakeHands();
    void enter();
    void fail();

    ThreadConnections &m_connections;
    std::unique_ptr<QAbstractSocket> m_wire;
    const std::shared_ptr<const TlsContext> m_tls; ///< That of its arrival: a reload may take TLS away while a header is due.
    GatePeer m_peer;
    const Entered m_entered;
    QTimer m_deadline;
    bool m_isCounted = true; ///< In the ConnectionCounts, as m_peer.
    bool m_over = false;
};

} // namespace warder
