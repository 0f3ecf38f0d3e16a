#include "core/net/gate/GateServer.h"

#include "core/net/gate/GateEntry.h"
#include "core/net/gate/GateSocket.h"
#include "core/net/gate/GateWire.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace warder {

GateServer::GateServer(GateHouse &house) : m_house(house)
{
    setMaxPendingConnections(1 << 20);
    m_timer.callOnTimeout(this, [this] { m_house.checkDeadlines(std::chrono::steady_clock::now()); });
    m_timer.start(house.limits().tick);
}

bool GateServer::pretendToListen()
{
    const bool holds = setSocketDescriptor(qintptr(::socket(AF_INET, SOCK_STREAM, 0)));
    pauseAccepting();
    return holds;
}

void GateServer::adopt(const Arrival &arrival)
{
    auto wire = wire::open(arrival, m_house.serving().tls && !arrival.peer.isUnix);
    if (!wire) {
        m_house.census().leave(arrival.peer);
        return m_house.connectionLeft();
    }
    if (!GateEntry::isNeeded(m_house.serving(), arrival.peer))
        return serve(std::move(wire), arrival.peer);
    auto *entry = new GateEntry(
        m_house, std::move(wire), arrival.peer, [this](auto entered, const GatePeer &who) { serve(std::move(entered), who); }, this);
    if (m_house.isDraining())
        entry->shorten(m_house.idle());
    entry->start();
}

void GateServer::serve(std::unique_ptr<QAbstractSocket> wire, const GatePeer &peer)
{
    const bool hasBytes = wire->bytesAvailable() > 0;
    auto *socket = new GateSocket(m_house, wire.release(), peer);
    addPendingConnection(socket); // QHttpServer takes it, and owns it from here on …
    pauseAccepting();             // … and by taking it, starts accepting again
    if (hasBytes)                 // that no signal will tell of any more
        QMetaObject::invokeMethod(socket, &GateSocket::offer, Qt::QueuedConnection);
}

void GateServer::drain(Milliseconds grace)
{
    m_house.drain(std::chrono::steady_clock::now(), grace);
    for (GateEntry *entry : findChildren<GateEntry *>())
        entry->shorten(grace);
    m_timer.start(std::min(m_house.limits().tick, Milliseconds(50)));
}

} // namespace warder
