#include "core/ratelimit/BusiestKeys.h"

#include <algorithm>

namespace warder {

void BusiestKeys::record(const QString &rule, const QString &key, bool allowed, TimePoint now)
{
    const qint64 span = spanOf(now);
    if (span != m_span) {
        m_previous = span == m_span + 1 ? std::exchange(m_current, {}) : Counts {};
        m_current.clear();
        m_span = span;
    }
    const Name name {rule, key};
    if (m_current.size() >= counters && !m_current.contains(name)) {
        const auto least = std::ranges::min_element(m_current, {}, &BusyKey::total);
        BusyKey heir = *least;
        m_current.remove({heir.rule, heir.key});
        heir.rule = rule;
        heir.key = key;
        m_current.insert(name, heir);
    }
    BusyKey &counts = m_current[name];
    counts.rule = rule;
    counts.key = key;
    ++(allowed ? counts.allowed : counts.denied);
}

QList<BusyKey> BusiestKeys::top(int limit, TimePoint now) const
{
    const qint64 age = spanOf(now) - m_span;
    Counts sums = age == 0 || age == 1 ? m_current : Counts {};
    if (age == 0) {
        for (const auto &[name, old] : m_previous.asKeyValueRange()) {
            BusyKey &sum = sums[name];
            sum = {.rule = old.rule, .key = old.key, .allowed = sum.allowed + old.allowed, .denied = sum.denied + old.denied};
        }
    }
    QList<BusyKey> all = sums.values();
    std::ranges::sort(all, std::greater {}, &BusyKey::total);
    return all.first(std::clamp<qsizetype>(limit, 0, all.size()));
}

} // namespace warder
