#pragma once

#include "core/base/Clock.h"
#include "core/telemetry/CounterRing.h"

#include <QList>

#include <array>
#include <set>

namespace warder {

/// Decisions of one second (windows up to ten minutes), one minute (up to a day) or one hour (longer ones).
struct RatePoint
{
    TimePoint from;
    qint64 allowed = 0;
    qint64 denied = 0;

    bool operator==(const RatePoint &) const = default;
};

/// Those of one minute or hour.
struct RateStep
{
    Seconds length {60}; ///< 60 or 3600.
    RatePoint point;
};

/// The decisions of one rule: by second for ten minutes, by minute for a day, by hour for 30 days. The owner guards it.
class RateHistory final
{
public:
    /// So many in the second of `at`.
    void add(qint64 allowed, qint64 denied, TimePoint at);

    /// Oldest first, without gaps, the running second, minute or hour last.
    QList<RatePoint> points(Seconds window, TimePoint now) const;

    /// Since the start; what was restored is not among them.
    qint64 allowed() const { return m_allowed; }
    qint64 denials() const { return m_denials; }

    /// The minutes and hours that changed since the last call.
    QList<RateStep> takeChanged();
    /// What a former run left; nothing for another length, for what is too old, or from the future.
    void restore(const RateStep &step, TimePoint now);

private:
    using Ring = CounterRing<2>;
    struct KeptRing
    {
        Seconds length;
        qint64 steps;
        Ring ring {length, size_t(steps)};
        std::set<qint64> changed = {}; ///< Numbers of steps, no more than there are.
    };

    Ring m_seconds {Seconds {1}, 600};
    std::array<KeptRing, 2> m_kept {KeptRing {.length = Seconds {60}, .steps = 1440}, KeptRing {.length = Seconds {3600}, .steps = 720}};
    qint64 m_allowed = 0;
    qint64 m_denials = 0;
};

} // namespace warder
