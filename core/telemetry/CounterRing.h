#pragma once

#include "core/base/Clock.h"

#include <algorithm>
#include <array>
#include <vector>

namespace warder {

/// Counts by steps of time (seconds, minutes) for the last so many steps; older ones vanish by themselves. `Width` counters a
/// step. The owner guards it.
template <size_t Width>
class CounterRing final
{
public:
    using Counts = std::array<quint32, Width>;

    CounterRing(Seconds step, size_t steps) : m_step(step), m_slots(steps) {}

    /// The counters of the step that `now` is in, to be added to.
    Counts &at(TimePoint now)
    {
        const qint64 number = numberOf(now);
        Slot &slot = slotOf(number);
        if (slot.number != number)
            slot = {.number = number, .counts = {}};
        return slot.counts;
    }

    /// The counters of a step; null if nothing was counted in it or it is too long ago.
    const Counts *find(qint64 number) const
    {
        const Slot &slot = const_cast<CounterRing *>(this)->slotOf(number);
        return slot.number == number ? &slot.counts : nullptr;
    }

    /// Steps are numbered through since 1970.
    qint64 numberOf(TimePoint time) const { return std::chrono::floor<Seconds>(time).time_since_epoch() / m_step; }
    TimePoint startOf(qint64 number) const { return TimePoint {m_step * number}; }

    /// The first step of a window that ends with the step of `now`: at least one step, at most all there are.
    qint64 firstOf(Seconds window, TimePoint now) const
    {
        const qint64 wanted = (window + m_step - Seconds {1}) / m_step;
        return numberOf(now) - std::clamp<qint64>(wanted, 1, qint64(m_slots.size())) + 1;
    }

private:
    struct Slot
    {
        qint64 number = -1;
        Counts counts {};
    };

    Slot &slotOf(qint64 number) { return m_slots[size_t(std::max<qint64>(number, 0)) % m_slots.size()]; }

    Seconds m_step;
    std::vector<Slot> m_slots;
};

} // namespace warder
