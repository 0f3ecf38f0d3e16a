#include "core/net/gate/GateHouse.h"

#include "core/net/gate/GateSocket.h"

namespace warder {

GateHouse::GateHouse(ServingPtr serving, Census &census, std::function<void()> left)
    : m_serving(std::move(serving)), m_census(census), m_left(std::move(left))
{}

void GateHouse::add(GateSocket &socket)
{
    m_sockets.insert(&socket);
    if (isDraining())
        socket.shortenRest(std::chrono::steady_clock::now() + *m_grace);
}

void GateHouse::remove(GateSocket &socket)
{
    m_sockets.erase(&socket);
    connectionLeft();
}

quint64 GateHouse::park(HttpRequest request)
{
    m_parked.emplace(++m_lastNumber, std::move(request));
    return m_lastNumber;
}

std::optional<HttpRequest> GateHouse::fetch(quint64 number)
{
    auto found = m_parked.extract(number);
    return found.empty() ? std::nullopt : std::optional(std::move(found.mapped()));
}

void GateHouse::checkDeadlines(GateTime now)
{
    const std::vector<GateSocket *> sockets(m_sockets.begin(), m_sockets.end()); // none is deleted before the event loop
    for (GateSocket *socket : sockets)
        socket->checkDeadline(now);
}

void GateHouse::drain(GateTime now, Milliseconds grace)
{
    m_grace = grace;
    for (GateSocket *socket : m_sockets)
        socket->shortenRest(now + grace);
}

} // namespace warder
