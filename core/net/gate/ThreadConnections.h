#pragma once

#include "core/net/HttpHandler.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ServeConfig.h"

#include <chrono>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace warder {

class GateSocket;

/// The clock of deadlines: it never jumps.
using GateTime = std::chrono::steady_clock::time_point;

/// What the sockets of one HTTP thread share. Outlives them; only that thread touches it.
class ThreadConnections final
{
public:
    /// `left` is called each time a connection is gone, whether it was refused or served.
    ThreadConnections(ServeConfigPtr config, ConnectionCounts &counts, std::function<void()> left);

    /// Replaces how connections are served, from each one's next step on.
    void adapt(ServeConfigPtr config) { m_config = std::move(config); }

    const ServeConfig &config() const { return *m_config; } ///< Until the next adapt().
    const ListenerLimits &limits() const { return m_config->limits; }
    HttpHandler &handler() const { return *m_config->handler; }
    ConnectionCounts &counts() { return m_counts; }
    bool isDraining() const { return m_grace.has_value(); }
    Milliseconds idle() const { return m_grace.value_or(limits().idle); } ///< How long a connection may rest between requests.

    void add(GateSocket &socket);
    void remove(GateSocket &socket); ///< Its connection is gone.
    void connectionLeft() { m_left(); }

    /// Keeps a request while QHttpServer reads its number, and gives it to whoever comes with that: once.
    quint64 park(HttpRequest request);
    std::optional<HttpRequest> fetch(quint64 number);

    void checkDeadlines(GateTime now);

    /// From now on every answer closes its connection, and idle ones get a last grace.
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
