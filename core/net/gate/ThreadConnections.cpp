#include "core/net/gate/ThreadConnections.h"

#include "core/net/gate/GateSocket.h"

#include <chrono>

namespace warder {

ThreadConnections::ThreadConnections(ServeConfigPtr config, ConnectionCounts &counts, std::function<void()> left)
    : m_config(std::move(config)), m_counts(counts), m_left(std::move(left))
{}

void ThreadConnections::add(GateSocket &socket)
{
    m_sockets.insert(&socket);
    if (isDraining())
        socket.shortenRest(std::chrono::steady_clock::now() + *m_grace);
}

void ThreadConnections::remove(GateSocket &socket)
{
    m_sockets.erase(&socket);
    connectionLeft();
}

quint64 ThreadConnections::park(HttpRequest request)
{
    m_parked.emplace(++m_lastNumber, std::move(request));
    return m_lastNumber;
}

std::optional<HttpRequest> ThreadConnections::fetch(quint64 number)
{
    auto found = m_parked.extract(number);
    return found.empty() ? std::nullopt : std::optional(std::move(found.mapped()));
}

void ThreadConnections::checkDeadlines(GateTime now)
{
    const std::vector<GateSocket *> sockets(m_sockets.begin(), m_sockets.end()); // none is deleted before the event loop
    for (GateSocket *socket : sockets)
        socket->checkDeadline(now);
}

void ThreadConnections::drain(GateTime now, Milliseconds grace)
{
    m_grace = grace;
    for (GateSocket *socket : m_sockets)
        socket->shortenRest(now + grace);
}

} // namespace warder
