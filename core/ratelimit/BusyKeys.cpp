#include "core/ratelimit/BusyKeys.h"

#include <algorithm>
#include <utility>

namespace warder {

/// The slot of a key, with this decision in it: its own, or that of the key with the fewest, whose decisions it inherits.
BusyKeys::Slot &BusyKeys::count(quint64 key, TimePoint now)
{
    if (const qint64 current = halfOf(now); current != m_half) {
        if (current == m_half + 1)
            std::swap(m_before, m_now);
        else
            m_before = {};
        m_now = {};
        m_half = current;
    }
    auto found = std::ranges::find_if(m_now, [key](const Slot &each) { return each.key == key && each.count > 0; });
    if (found == m_now.end()) {
        found = std::ranges::min_element(m_now, {}, &Slot::count);
        *found = {.key = key, .count = found->count, .error = found->count, .denied = 0, .who = {}};
    }
    ++found->count;
    return *found;
}

void BusyKeys::addDenied(quint64 key, const QString &who, TimePoint now)
{
    Slot &slot = count(key, now);
    ++slot.denied;
    if (slot.who != who)
        slot.who = who;
}

QList<BusyKey> BusyKeys::all(TimePoint now) const
{
    QList<BusyKey> keys;
    QList<quint64> hashes;
    const qint64 age = halfOf(now) - m_half;
    for (const auto &[generation, since] : {std::pair(&m_now, age), std::pair(&m_before, age + 1)}) {
        for (const Slot &each : *generation) {
            if (since < 0 || since > 1 || each.count == 0)
                continue;
            qsizetype at = hashes.indexOf(each.key);
            if (at < 0) {
                at = hashes.size();
                hashes += each.key;
                keys += BusyKey {};
            }
            BusyKey &key = keys[at];
            key.decisions += each.count;
            key.error += each.error;
            key.denied += each.denied;
            if (key.who.isEmpty())
                key.who = each.who;
        }
    }
    return keys;
}

} // namespace warder
