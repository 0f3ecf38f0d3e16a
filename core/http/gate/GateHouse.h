#pragma once

#include "core/http/HttpRequest.h"
#include "core/http/gate/Census.h"
#include "core/http/gate/GateReader.h"

#include <chrono>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace warder {

class GateSocket;

/// The clock of deadlines: it never jumps.
using GateTime = std::chrono::steady_clock::time_point;

/// What the sockets of one HTTP thread share. Outlives them; only that thread touches it.
class GateHouse final
{
public:
    /// `left` is called each time a connection is gone, whether it was refused or served.
    GateHouse(const ListenerLimits &limits, Census &census, GateReader::BodyLimit bodyLimit, std::function<void()> left);

    const ListenerLimits &limits() const { return m_limits; }
    Census &census() { return m_census; }
    const GateReader::BodyLimit &bodyLimit() const { return m_bodyLimit; }
    bool isDraining() const { return m_draining; }

    void add(GateSocket &socket);
    void remove(GateSocket &socket);       ///< Its connection is gone.
    void connectionLeft() { m_left(); }

    /// Keeps a request while QHttpServer reads its number, and gives it to whoever comes with that: once.
    quint64 park(HttpRequest request);
    std::optional<HttpRequest> fetch(quint64 number);

    void checkDeadlines(GateTime now);

    /// From now on every answer closes its connection, and idle ones get a last grace.
    void drain(GateTime now);

private:
    const ListenerLimits &m_limits;
    Census &m_census;
    const GateReader::BodyLimit m_bodyLimit;
    const std::function<void()> m_left;
    std::unordered_set<GateSocket *> m_sockets;
    std::unordered_map<quint64, HttpRequest> m_parked;
    quint64 m_lastNumber = 0;
    bool m_draining = false;
};

} // namespace warder
