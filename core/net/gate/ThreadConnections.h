#pragma once

#include "core/net/HttpHandler.h"
#include "core/net/HttpRequest.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ConnectionPhase.h"
#include "core/net/gate/ListenerLimits.h"
#include "core/net/gate/ServeConfig.h"

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace warder {

class GateSocket;

/// The connections of one HTTP thread and what they share. Outlives them; used on that thread only.
class ThreadConnections final
{
public:
    /// `left` is called each time a connection has closed, whether it was refused or served.
    ThreadConnections(ServeConfigPtr config, ConnectionCounts &counts, std::function<void()> left);

    /// Replaces how connections are served; each uses it from its next step on.
    void reconfigure(ServeConfigPtr config) { m_config = std::move(config); }

    const ServeConfig &config() const { return *m_config; } ///< Until the next reconfigure().
    const ListenerLimits &limits() const { return m_config->limits; }
    HttpHandler &handler() const { return *m_config->handler; }
    ConnectionCounts &counts() { return m_counts; }
    bool isDraining() const { return m_grace.has_value(); }
    Milliseconds idle() const { return m_grace.value_or(limits().idle); } ///< How long a connection may rest between requests.

    void add(GateSocket &socket);
    void remove(GateSocket &socket); ///< Its connection is gone.
    void connectionLeft() { m_left(); }

    /// park() keeps a request and returns its number, which QHttpServer reads in its place; fetch() takes the request back, once.
    quint64 park(HttpRequest request);
    std::optional<HttpRequest> fetch(quint64 number);

    void checkDeadlines(GateTime now);

    /// Makes every later response close its connection, and closes idle connections after `grace`.
    void drain(GateTime now, Milliseconds grace);

private:
    ServeConfigPtr m_config;
    ConnectionCounts &m_counts;
    const std::function<void()> m_left;
    std::unordered_set<GateSocket *> m_sockets;
    std::unordered_map<quint64, HttpRequest> m_parked;
    quint64 m_lastNumber = 0;
    std::optional<Milliseconds> m_grace; ///< Of idle connections, once it drains.
};

} // namespace warder
