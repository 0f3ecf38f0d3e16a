#include "core/tokens/JwksConsumers.h"

#include "core/ratelimit/RateSubject.h"

namespace warder {

void JwksConsumers::note(const QHostAddress &address, const QString &userAgent, const QStringList &kids, TimePoint now)
{
    const JwksConsumer fresh {
        .address = countedAddressText(address), .userAgent = userAgent.left(longestUserAgent), .at = now, .kids = kids};
    const auto isSame = [&fresh](const JwksConsumer &one) { return one.address == fresh.address && one.userAgent == fresh.userAgent; };
    const std::lock_guard lock(m_mutex);
    m_consumers.removeIf(isSame);
    if (std::ranges::count(m_consumers, fresh.address, &JwksConsumer::address) >= mostOfAddress) {
        const auto last = std::ranges::find(m_consumers.crbegin(), m_consumers.crend(), fresh.address, &JwksConsumer::address);
        m_consumers.remove(std::distance(last, m_consumers.crend()) - 1);
    }
    if (m_consumers.size() >= most)
        m_consumers.removeLast();
    m_consumers.prepend(fresh);
}

QList<JwksConsumer> JwksConsumers::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_consumers;
}

} // namespace warder
