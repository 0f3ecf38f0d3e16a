#include "core/net/gate/GateServer.h"

#include "core/net/gate/GateEntry.h"
#include "core/net/gate/GateSocket.h"
#include "core/net/gate/GateWire.h"

#include <chrono>

namespace warder {

GateServer::GateServer(ThreadConnections &connections) : m_connections(connections)
{
    setMaxPendingConnections(1 << 20);
    m_timer.callOnTimeout(this, [this] { m_connections.checkDeadlines(std::chrono::steady_clock::now()); });
    m_timer.start(connections.limits().tick);
}

bool GateServer::holdDummySocket()
{
    const bool holds = setSocketDescriptor(wire::openUnconnected());
    pauseAccepting();
    return holds;
}

void GateServer::adopt(const AcceptedConnection &accepted)
{
    auto wire = wire::open(accepted, m_connections.config().tls && !accepted.peer.isUnix);
    if (!wire) {
        m_connections.counts().leave(accepted.peer);
        return m_connections.connectionLeft();
    }
    if (!GateEntry::isNeeded(m_connections.config(), accepted.peer))
        return serve(std::move(wire), accepted.peer);
    auto *entry = new GateEntry(
        m_connections, std::move(wire), accepted.peer, [this](auto entered, const GatePeer &who) { serve(std::move(entered), who); }, this);
    if (m_connections.isDraining())
        entry->shorten(m_connections.idle());
    entry->start();
}

void GateServer::serve(std::unique_ptr<QAbstractSocket> wire, const GatePeer &peer)
{
    const bool hasBytes = wire->bytesAvailable() > 0;
    auto *socket = new GateSocket(m_connections, wire.release(), peer);
    addPendingConnection(socket); // QHttpServer takes it, and owns it from here on …
    pauseAccepting();             // … and by taking it, starts accepting again
    if (hasBytes)                 // that no signal will tell of any more
        QMetaObject::invokeMethod(socket, &GateSocket::offer, Qt::QueuedConnection);
}

void GateServer::drain(Milliseconds grace)
{
    m_connections.drain(std::chrono::steady_clock::now(), grace);
    for (GateEntry *entry : findChildren<GateEntry *>())
        entry->shorten(grace);
    m_timer.start(std::min(m_connections.limits().tick, Milliseconds(50)));
}

} // namespace warder
