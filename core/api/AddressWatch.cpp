#include "core/api/AddressWatch.h"

#include "core/ratelimit/RateSubject.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds lookedAt = std::chrono::minutes {10};
constexpr Milliseconds suspicionStands = 2 * lookedAt; ///< So that it stays while each ten minutes give it new ground.
constexpr Milliseconds complaintStands = std::chrono::hours {1};
constexpr Milliseconds betweenNews = std::chrono::minutes {1}; ///< Windows need not hear of each request.

/// Where proxies of one's own are: this machine, private networks (RFC 1918, RFC 4193), links, and what providers and clusters use
/// inside (RFC 6598).
bool isInside(const QHostAddress &address)
{
    static const auto shared = QHostAddress::parseSubnet(u"100.64.0.0/10"_s);
    return address.isLoopback() || address.isPrivateUse() || address.isLinkLocal() || address.isInSubnet(shared);
}

void addUpTo(qsizetype most, QSet<size_t> &set, size_t hash)
{
    if (set.size() < most)
        set.insert(hash);
}

} // namespace

void AddressWatch::noteForwarded(const QHostAddress &peer, const QHostAddress &claimed, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    if (Source *source = sourceOf(peer, now)) {
        addUpTo(enough, source->forwarded, qHash(countedAddress(claimed), QHashSeed::globalSeed()));
        judge(peer, *source, now);
    }
}

void AddressWatch::noteSignIn(const QHostAddress &client, const QString &userAgent, size_t person, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    Source *source = sourceOf(client, now);
    ++m_signIns;
    if (!source)
        return;
    ++source->signIns;
    addUpTo(enough, source->people, person);
    addUpTo(enoughBrowsers, source->browsers, qHash(userAgent, QHashSeed::globalSeed()));
    judge(client, *source, now);
}

/// Null: too many are watched already.
AddressWatch::Source *AddressWatch::sourceOf(const QHostAddress &address, TimePoint now)
{
    if (now - m_began >= lookedAt || now < m_began) {
        m_sources.clear();
        m_signIns = 0;
        m_began = now;
    }
    const QHostAddress counted = countedAddress(address);
    if (const auto known = m_sources.find(counted); known != m_sources.end())
        return &*known;
    return m_sources.size() < mostWatched ? &m_sources[counted] : nullptr;
}

bool AddressWatch::isSuspect(const QHostAddress &address, const Source &source) const
{
    const bool hasPeople = source.people.size() >= enough;
    if (source.forwarded.size() >= enough)
        return hasPeople || isInside(address);
    const bool isNearlyAll = m_signIns >= fewestSignIns && source.signIns * 100 >= m_signIns * 95;
    return isNearlyAll && hasPeople && source.browsers.size() >= enoughBrowsers && isInside(address);
}

void AddressWatch::judge(const QHostAddress &address, const Source &source, TimePoint now)
{
    if (now < m_nextTold || !isSuspect(address, source))
        return;
    m_nextTold = now + betweenNews;
    const QString who = address.toString();
    if (!m_health.has(u"one_address_for_all"))
        log(LogLevel::Warning, "one_address_for_all"_L1,
            {{"address"_L1, who}, {"means"_L1, u"limits count all who come by it as one: set http.trusted_proxies if it is your proxy"_s}});
    m_health.setUntil({.code = u"one_address_for_all"_s,
                       .detail = u"all requests come from %1, which is probably your proxy: set http.trusted_proxies"_s.arg(who)},
                      now + suspicionStands, now);
}

void AddressWatch::noteHidingProxy(const QString &proxy, const QString &how, TimePoint now)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (now < m_nextComplaint)
            return;
        m_nextComplaint = now + betweenNews;
    }
    const QString detail = u"the trusted proxy %1 does not say for whom it asks (%2): its clients share one address and its limits"_s;
    m_health.setUntil({.code = u"proxy_hides_clients"_s, .detail = detail.arg(proxy, how)}, now + complaintStands, now);
}

} // namespace warder
