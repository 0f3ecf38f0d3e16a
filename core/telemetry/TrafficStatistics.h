#pragma once

#include "core/base/Clock.h"
#include "core/telemetry/LatencyHistogram.h"
#include "core/telemetry/TrafficCounts.h"

#include <QList>

#include <array>
#include <memory>
#include <optional>

namespace warder {

/// How a request ended.
enum class Outcome { Succeeded, Redirected, Refused, Limited, Failed };

/// 2xx (and 1xx), 3xx, 4xx but 429, 429, 5xx.
Outcome outcomeOf(int httpStatus);

/// Counts of one step of time.
struct TrafficPoint
{
    TimePoint from;
    qint64 succeeded = 0;
    qint64 redirected = 0;
    qint64 refused = 0; ///< 4xx but 429.
    qint64 limited = 0; ///< 429.
    qint64 failed = 0;  ///< 5xx.
    qint64 signIns = 0;
    qint64 failedSignIns = 0;
    double p50 = 0; ///< Milliseconds, at most a tenth off; 0 without requests.
    double p99 = 0;

    qint64 requests() const { return succeeded + redirected + refused + limited + failed; }
    bool operator==(const TrafficPoint &) const = default;
};

TrafficPoint pointOf(const TrafficStep &step);

/// Counts since the start: they only grow.
struct TrafficTotals
{
    using ByOutcome = std::array<quint64, size_t(Outcome::Failed) + 1>;

    ByOutcome requests {};
    ByOutcome signIns {};
    ByOutcome refreshes {};
    std::array<quint64, latency::classes> durations {}; ///< Of the requests.
    std::chrono::microseconds duration {0};             ///< Of all of them together.
};

/// What the server did since its start, and in the last ten minutes by second; of the time before, TrafficHistory knows, which takes the
/// minutes from here. Any thread; threads count in shards of their own and do not wait for each other. About 2 MB, whatever the load,
/// and 4 KB more for each minute that nobody takes.
class TrafficStatistics final
{
public:
    static constexpr size_t mostUntaken = 24 * 60; ///< Minutes; then the oldest go.
    static constexpr Seconds soon {300};

    TrafficStatistics();
    ~TrafficStatistics();

    void record(Outcome outcome, std::chrono::microseconds duration, TimePoint now);
    void recordSignIn(Outcome outcome, TimePoint now);
    void recordRefresh(Outcome outcome, TimePoint now);

    TrafficTotals totals() const;

    /// By second, at most ten minutes: oldest first, without gaps, the running second last.
    QList<TrafficStep> seconds(Seconds window, TimePoint now) const;
    QList<TrafficPoint> history(Seconds window, TimePoint now) const;

    /// Mean of the last `window` whole seconds.
    double requestsPerSecond(Seconds window, TimePoint now) const;
    /// Milliseconds that `share` (0–1) of the requests of the last `window` whole seconds stayed within, at most a tenth off; nothing
    /// where there were none.
    std::optional<double> percentile(double share, Seconds window, TimePoint now) const;

    /// By minute what was counted and not taken yet, oldest first; and the same, taken. What is ahead of `now`, but soon there, stays: who
    /// counted in it looked at the clock later.
    QList<TrafficStep> untaken() const;
    QList<TrafficStep> take(TimePoint now);

private:
    struct Shard;
    Shard &own();

    std::unique_ptr<Shard[]> m_shards;
};

} // namespace warder
