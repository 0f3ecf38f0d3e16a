#include "core/ratelimit/RateHistory.h"

namespace warder {

void RateHistory::record(bool allowed, TimePoint now)
{
    const size_t which = allowed ? 0 : 1;
    ++m_seconds.at(now)[which];
    ++m_minutes.at(now)[which];
    m_denials += qint64(which);
}

QList<RatePoint> RateHistory::points(Seconds window, TimePoint now) const
{
    const auto &ring = window <= Seconds {600} ? m_seconds : m_minutes;
    QList<RatePoint> points;
    for (qint64 i = ring.firstOf(window, now); i <= ring.numberOf(now); ++i) {
        const auto *counts = ring.find(i);
        points += {.from = ring.startOf(i), .allowed = counts ? (*counts)[0] : 0, .denied = counts ? (*counts)[1] : 0};
    }
    return points;
}

} // namespace warder
