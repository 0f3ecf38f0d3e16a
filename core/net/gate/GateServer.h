#pragma once

#include "core/net/gate/GatePeer.h"
#include "core/net/gate/ThreadConnections.h"

#include <QTcpServer>
#include <QTimer>

namespace warder {

class GateEntry;

/// Stands between one HTTP thread's QHttpServer and the connections handed to it: wraps each in a GateSocket and keeps their
/// deadlines. It never accepts by itself. HTTP thread only.
class GateServer final : public QTcpServer
{
    Q_OBJECT
public:
    explicit GateServer(ThreadConnections &connections);

    /// QHttpServer binds only a server that listens, so this one holds a socket that nobody can connect to. False when the
    /// system has no socket left.
    bool holdDummySocket();

    /// Takes over an accepted connection, which is in the ConnectionCounts already.
    void adopt(const AcceptedConnection &accepted);

    /// See ThreadConnections::drain(). Deadlines are then watched more closely.
    void drain(Milliseconds grace);

private:
    void serve(std::unique_ptr<QAbstractSocket> wire, const GatePeer &peer);

    ThreadConnections &m_connections;
    QTimer m_timer;
};

} // namespace warder
