#include "core/net/gate/ConnectionCounts.h"

#include "core/net/gate/GateClient.h"

#include <algorithm>

namespace warder {
namespace {

constexpr auto betweenComplaints = std::chrono::hours(1);
constexpr std::size_t mostComplaints = 256;
constexpr std::array<quint8, 16> noAddress {};

/// One customer, one key: an IPv4 address (as IPv6-mapped) or the /64 of an IPv6 address.
std::array<quint8, 16> keyOf(const QHostAddress &peer)
{
    bool isIpv4 = false;
    peer.toIPv4Address(&isIpv4);
    const Q_IPV6ADDR bytes = peer.toIPv6Address();
    std::array<quint8, 16> key {};
    std::copy_n(bytes.c, isIpv4 ? 16 : 8, key.begin());
    return key;
}

} // namespace

ConnectionCounts::ConnectionCounts(const ListenerLimits &limits) { setLimits(limits); }

void ConnectionCounts::setLimits(const ListenerLimits &limits)
{
    const std::scoped_lock lock(m_mutex);
    m_most = limits.connections;
    m_mostUnsent = limits.totalUnsentBytes;
    m_mostPerAddress = limits.connectionsPerAddress;
    m_trusted = limits.trustedProxies;
}

bool ConnectionCounts::enter(const GatePeer &peer)
{
    if (m_total.fetch_add(1) < m_most && countAddress(peer))
        return true;
    --m_total;
    ++m_turnedAway;
    return false;
}

bool ConnectionCounts::countAddress(const GatePeer &peer)
{
    if (peer.isUnix)
        return true;
    const std::scoped_lock lock(m_mutex);
    const bool isLimited = m_mostPerAddress > 0 && !isTrusted(peer, m_trusted);
    int &connections = m_perAddress[keyOf(peer.address)];
    if (isLimited && connections >= m_mostPerAddress)
        return false;
    ++connections;
    return true;
}

void ConnectionCounts::leave(const GatePeer &peer)
{
    --m_total;
    if (peer.isUnix)
        return;
    const std::scoped_lock lock(m_mutex);
    const auto found = m_perAddress.find(keyOf(peer.address));
    if (found != m_perAddress.end() && --found->second <= 0)
        m_perAddress.erase(found);
}

void ConnectionCounts::countRefusal(HttpStatus status)
{
    const std::scoped_lock lock(m_mutex);
    ++m_refusals[status];
}

bool ConnectionCounts::mayComplainOf(const GatePeer &proxy, int kind)
{
    const std::scoped_lock lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (m_complaints.size() >= mostComplaints)
        m_complaints.clear();
    const auto [last, isFirst] = m_complaints.try_emplace({proxy.isUnix ? noAddress : keyOf(proxy.address), kind}, now);
    if (!isFirst && now - last->second < betweenComplaints)
        return false;
    last->second = now;
    return true;
}

std::map<HttpStatus, qint64> ConnectionCounts::refusals() const
{
    const std::scoped_lock lock(m_mutex);
    return m_refusals;
}

} // namespace warder
