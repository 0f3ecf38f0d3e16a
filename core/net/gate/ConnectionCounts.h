#pragma once

#include "core/net/gate/GatePeer.h"
#include "core/net/gate/HttpFraming.h"
#include "core/net/gate/ListenerLimits.h"

#include <atomic>
#include <map>
#include <mutex>

namespace warder {

/// Counts connections, requests and refusals, and enforces the limits on connections. Shared by the threads of a listener; every
/// method from any thread.
class ConnectionCounts final
{
public:
    explicit ConnectionCounts(const ListenerLimits &limits = {});

    /// Replaces the limits; existing connections are kept.
    void setLimits(const ListenerLimits &limits);

    /// Counts a connection, or refuses it: too many in all, or too many from that address (IPv6: from its /64). Trusted proxies and
    /// unix domain sockets are exempt from the latter.
    bool enter(const GatePeer &peer);
    void leave(const GatePeer &peer);

    int connections() const { return m_total.load(); }
    qint64 turnedAway() const { return m_turnedAway.load(); } ///< Connections that enter() refused.
    qint64 requests() const { return m_requests.load(); }     ///< Handed to the handler.
    qint64 timedOut() const { return m_timedOut.load(); }
    qint64 failedEntries() const { return m_failedEntries.load(); } ///< No PROXY header where one was due, or no TLS handshake.

    void countRequest() { ++m_requests; }
    void countTimeOut() { ++m_timedOut; }
    void countFailedEntry() { ++m_failedEntries; }
    void countRefusal(HttpStatus status);

    /// Changes the number of bytes that the clients of all connections have not taken yet.
    void countUnsent(qint64 bytes) { m_unsent += bytes; }
    /// False when that number has reached ListenerLimits::totalUnsentBytes.
    bool hasRoomForUnsent() const { return m_unsent.load() <= m_mostUnsent.load(); }

    /// Whether another line in the log of this kind about this proxy is due: one an hour each.
    bool mayComplainOf(const GatePeer &proxy, int kind);

    /// Requests the gate answered itself, by status.
    std::map<HttpStatus, qint64> refusals() const;

private:
    bool countAddress(const GatePeer &peer);

    std::atomic<int> m_most {0};
    std::atomic<qint64> m_mostUnsent {0};
    std::atomic<qint64> m_unsent {0};
    std::atomic<int> m_total {0};
    std::atomic<qint64> m_turnedAway {0};
    std::atomic<qint64> m_requests {0};
    std::atomic<qint64> m_timedOut {0};
    std::atomic<qint64> m_failedEntries {0};
    mutable std::mutex m_mutex; ///< Guards what follows.
    int m_mostPerAddress = 0;
    QList<QPair<QHostAddress, int>> m_trusted;
    std::map<std::array<quint8, 16>, int> m_perAddress;
    std::map<HttpStatus, qint64> m_refusals;
    std::map<std::pair<std::array<quint8, 16>, int>, std::chrono::steady_clock::time_point> m_complaints;
};

} // namespace warder
