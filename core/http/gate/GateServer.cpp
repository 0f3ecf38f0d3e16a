#include "core/http/gate/GateServer.h"

#include "core/http/gate/GateClient.h"
#include "core/http/gate/GateSocket.h"

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

void GateServer::adopt(qintptr descriptor)
{
    auto wire = std::make_unique<QTcpSocket>();
    const bool taken = wire->setSocketDescriptor(descriptor);
    const QHostAddress peer = plainAddress(wire->peerAddress());
    if (!taken || !m_house.census().enter(peer)) {
        wire->abort();
        return m_house.connectionLeft();
    }
    wire->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const quint16 port = wire->peerPort();
    auto *socket = new GateSocket(m_house, wire.release(), peer, port);
    addPendingConnection(socket);          // QHttpServer takes it, and owns it from here on …
    pauseAccepting();                      // … and by taking it, starts accepting again
}

void GateServer::drain()
{
    m_house.drain(std::chrono::steady_clock::now());
    m_timer.start(std::min(m_house.limits().tick, Milliseconds(50)));
}

} // namespace warder
