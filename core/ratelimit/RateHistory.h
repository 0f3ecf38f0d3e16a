#pragma once

#include "core/base/Clock.h"
#include "core/telemetry/CounterRing.h"

#include <QList>

namespace warder {

/// Decisions of one second (windows up to ten minutes) or one minute (longer ones).
struct RatePoint
{
    TimePoint from;
    qint64 allowed = 0;
    qint64 denied = 0;

    bool operator==(const RatePoint &) const = default;
};

/// The decisions of one rule: by second for ten minutes, by minute for a day. The owner guards it.
class RateHistory final
{
public:
    void record(bool allowed, TimePoint now);

    /// Oldest first, without gaps, the running second or minute last.
    QList<RatePoint> points(Seconds window, TimePoint now) const;

    /// Since the start.
    qint64 denials() const { return m_denials; }

private:
    CounterRing<2> m_seconds {Seconds {1}, 600};
    CounterRing<2> m_minutes {Seconds {60}, 1440};
    qint64 m_denials = 0;
};

} // namespace warder
