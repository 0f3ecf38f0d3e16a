#pragma once

#include "core/base/Clock.h"
#include "core/telemetry/LatencyHistogram.h"

#include <QList>

#include <array>
#include <memory>

namespace warder {

/// How a request ended.
enum class Outcome { Succeeded, Redirected, Refused, Limited, Failed };

/// 2xx (and 1xx), 3xx, 4xx but 429, 429, 5xx.
Outcome outcomeOf(int httpStatus);

/// Counts of one second or one minute.
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

/// What the server did since its start, and lately: by second for ten minutes, by minute for a day.
/// Any thread; threads count in shards of their own and do not wait for each other. About 7 MB, whatever the load.
class TrafficStatistics final
{
public:
    TrafficStatistics();
    ~TrafficStatistics();

    void record(Outcome outcome, std::chrono::microseconds duration, TimePoint now);
    void recordSignIn(Outcome outcome, TimePoint now);
    void recordRefresh(Outcome outcome, TimePoint now);

    TrafficTotals totals() const;

    /// Oldest first, without gaps, the running second or minute last: by second for windows up to ten minutes, else by
    /// minute, at most a day.
    QList<TrafficPoint> history(Seconds window, TimePoint now) const;

    /// Mean of the last `window` whole seconds.
    double requestsPerSecond(Seconds window, TimePoint now) const;

private:
    struct Shard;
    Shard &own();

    std::unique_ptr<Shard[]> m_shards;
};

} // namespace warder
