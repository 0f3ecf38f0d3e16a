#pragma once

#include "core/base/Clock.h"
#include "core/telemetry/LatencyHistogram.h"

#include <QList>

#include <array>
#include <optional>

namespace warder {

/// What was counted in some time. It adds up without a loss: a percentile of a sum is as near as one of its parts.
struct TrafficCounts
{
    qint64 succeeded = 0;
    qint64 redirected = 0;
    qint64 refused = 0; ///< 4xx but 429.
    qint64 limited = 0; ///< 429.
    qint64 failed = 0;  ///< 5xx.
    qint64 signIns = 0;
    qint64 failedSignIns = 0;                           ///< Those that a limit refused are not among them.
    qint64 refreshes = 0;                               ///< That succeeded.
    std::array<quint64, latency::classes> durations {}; ///< Of the requests.

    qint64 requests() const { return succeeded + redirected + refused + limited + failed; }
    TrafficCounts &operator+=(const TrafficCounts &other);
    bool operator==(const TrafficCounts &) const = default;
};

/// How many there were at a moment.
struct ServerLevels
{
    qint64 sessions = 0; ///< Live ones.
    qint64 users = 0;

    bool operator==(const ServerLevels &) const = default;
};

/// What is known of a second, a minute, an hour …, which begins at `from`.
struct TrafficStep
{
    TimePoint from;
    TrafficCounts counts = {};
    std::optional<ServerLevels> levels = {}; ///< The last of that time; nothing: none were taken, as no server ran.

    bool operator==(const TrafficStep &) const = default;
};

/// Steps of time, which begin at whole multiples of their length since 1970. Pure.
namespace traffic_steps {

TimePoint startOf(TimePoint time, Seconds length);

/// `count` steps of `length` without gaps, the one that `now` is in last, with all that `shorter` has of them. Each of `shorter` lies
/// within one of them or outside of all; the order of those with levels is that of time.
QList<TrafficStep> gathered(const QList<TrafficStep> &shorter, Seconds length, qsizetype count, TimePoint now);

} // namespace traffic_steps
} // namespace warder
