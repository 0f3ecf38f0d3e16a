#pragma once

#include "core/net/gate/GatePeer.h"
#include "core/net/gate/ListenerLimits.h"

#include <atomic>
#include <map>
#include <mutex>

namespace warder {

/// Who is connected, and how often the gate said no. Shared by the threads of a listener; every method from any thread.
class ConnectionCounts final
{
public:
    explicit ConnectionCounts(const ListenerLimits &limits = {});

    /// From now on these limits count; who is in stays.
    void adapt(const ListenerLimits &limits);

    /// Counts a connection in, or refuses it: too many in all, or too many from that address (IPv6: from its /64). Proxies of
    /// ours are exempt from the latter, and unix domain sockets have no address.
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

    /// Long answers that clients have not taken yet, in bytes; by how much that changed.
    void countUnsent(qint64 bytes) { m_owed += bytes; }
    /// False when they are more than all connections together may owe.
    bool hasRoomForUnsent() const { return m_owed.load() <= m_mostOwed.load(); }

    /// Whether it is time for another line in the log of this kind about this proxy: once an hour each.
    bool mayComplainOf(const QHostAddress &proxy, int kind);

    /// Requests the gate answered itself, by status.
    std::map<HttpStatus, qint64> refusals() const;

private:
    bool takeSeat(const GatePeer &peer);

    std::atomic<int> m_most {0};
    std::atomic<qint64> m_mostOwed {0};
    std::atomic<qint64> m_owed {0};
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
