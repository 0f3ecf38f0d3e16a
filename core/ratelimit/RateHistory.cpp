#include "core/ratelimit/RateHistory.h"

#include <utility>

namespace warder {
namespace {

void addCounts(CounterRing<2>::Counts &counts, qint64 allowed, qint64 denied)
{
    counts[0] += quint32(allowed);
    counts[1] += quint32(denied);
}

} // namespace

void RateHistory::add(qint64 allowed, qint64 denied, TimePoint at)
{
    addCounts(m_seconds.at(at), allowed, denied);
    for (KeptRing &kept : m_kept) {
        addCounts(kept.ring.at(at), allowed, denied);
        kept.changed.insert(kept.ring.numberOf(at));
        if (qint64(kept.changed.size()) > kept.steps) // nobody takes them: the oldest are out of the ring
            kept.changed.erase(kept.changed.begin());
    }
    m_allowed += allowed;
    m_denials += denied;
}

QList<RatePoint> RateHistory::points(Seconds window, TimePoint now) const
{
    const auto &[minutes, hours] = m_kept;
    const Ring &ring = window <= Seconds {600} ? m_seconds : window <= minutes.length * minutes.steps ? minutes.ring : hours.ring;
    QList<RatePoint> points;
    for (qint64 i = ring.firstOf(window, now); i <= ring.numberOf(now); ++i) {
        const auto *counts = ring.find(i);
        points += {.from = ring.startOf(i), .allowed = counts ? (*counts)[0] : 0, .denied = counts ? (*counts)[1] : 0};
    }
    return points;
}

QList<RateStep> RateHistory::takeChanged()
{
    QList<RateStep> steps;
    for (KeptRing &kept : m_kept) {
        for (const qint64 number : std::exchange(kept.changed, {})) {
            if (const auto *counts = kept.ring.find(number))
                steps +=
                    {.length = kept.length, .point = {.from = kept.ring.startOf(number), .allowed = (*counts)[0], .denied = (*counts)[1]}};
        }
    }
    return steps;
}

void RateHistory::restore(const RateStep &step, TimePoint now)
{
    for (KeptRing &kept : m_kept) {
        const bool isWithin = step.point.from <= now && step.point.from + kept.length * kept.steps > now;
        if (kept.length == step.length && isWithin)
            addCounts(kept.ring.at(step.point.from), step.point.allowed, step.point.denied);
    }
}

} // namespace warder
