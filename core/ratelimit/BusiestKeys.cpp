#include "core/ratelimit/BusiestKeys.h"

#include <algorithm>

namespace warder {

/// Its counter; when all are taken, that of the least busy key, whose counts it inherits so that nothing is under-counted.
BusyKey &BusiestKeys::Counts::of(const QString &rule, const QString &key)
{
    const Name name {rule, key};
    if (const auto known = places.constFind(name); known != places.cend())
        return keys[*known];
    if (keys.size() < counters) {
        places.insert(name, keys.size());
        return keys.emplaceBack(rule, key);
    }
    const auto least = std::ranges::min_element(keys, {}, &BusyKey::total);
    places.remove({least->rule, least->key});
    places.insert(name, least - keys.begin());
    least->rule = rule;
    least->key = key;
    return *least;
}

void BusiestKeys::record(const QString &rule, const QString &key, bool allowed, TimePoint now)
{
    const qint64 span = spanOf(now);
    if (span != m_span) {
        m_previous = span == m_span + 1 ? std::exchange(m_current, {}) : Counts {};
        m_current = {};
        m_span = span;
    }
    BusyKey &counts = m_current.of(rule, key);
    ++(allowed ? counts.allowed : counts.denied);
}

QList<BusyKey> BusiestKeys::top(int limit, TimePoint now) const
{
    const qint64 age = spanOf(now) - m_span;
    QHash<Name, BusyKey> sums;
    const auto add = [&sums](const Counts &counts) {
        for (const BusyKey &each : counts.keys) {
            BusyKey &sum = sums[{each.rule, each.key}];
            sum = {.rule = each.rule, .key = each.key, .allowed = sum.allowed + each.allowed, .denied = sum.denied + each.denied};
        }
    };
    if (age == 0 || age == 1)
        add(m_current);
    if (age == 0)
        add(m_previous);
    QList<BusyKey> all = sums.values();
    std::ranges::sort(all, std::greater {}, &BusyKey::total);
    return all.first(std::clamp<qsizetype>(limit, 0, all.size()));
}

} // namespace warder
