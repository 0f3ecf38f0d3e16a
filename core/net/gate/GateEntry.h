#pragma once

#include "core/net/gate/GatePeer.h"
#include "core/net/gate/ServeConfig.h"
#include "core/net/gate/ThreadConnections.h"

#include <QAbstractSocket>
#include <QDeadlineTimer>
#include <QTimer>

namespace warder {

struct ProxyHeader;

/// Brings a new connection to HTTP: reads the PROXY header, if a trusted proxy must send one (http settings), then does the TLS
/// handshake. Each step has a deadline that no progress extends. Owns the connection until it may speak HTTP. Deletes itself.
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

    /// All steps that are left must end within `grace`. May be called before start().
    void shorten(Milliseconds grace);

private:
    void startDeadline();
    void readHeader();
    void refuseHeader();
    bool becomeClient(const ProxyHeader &header);
    void shakeHands();
    void enter();
    void fail();

    ThreadConnections &m_connections;
    std::unique_ptr<QAbstractSocket> m_wire;
    const std::shared_ptr<const TlsContext> m_tls; ///< That of when it was accepted: a reload may take TLS away while a header is due.
    GatePeer m_peer;
    const Entered m_entered;
    QTimer m_deadline;                              ///< Of the running step.
    QDeadlineTimer m_end {QDeadlineTimer::Forever}; ///< Of all steps.
    bool m_isCounted = true;                        ///< In the ConnectionCounts, as m_peer.
    bool m_over = false;
};

} // namespace warder
