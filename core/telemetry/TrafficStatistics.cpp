#include "core/telemetry/TrafficStatistics.h"

#include "core/telemetry/CounterRing.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>

namespace warder {
namespace {

constexpr size_t shardCount = 8;
constexpr Seconds longestBySecond {600};
constexpr Seconds longestByMinute = std::chrono::hours {24};
constexpr size_t minutesKept = 24 * 60;

// The counters: requests, sign-ins and refreshes, one for each Outcome, then the classes of duration.
constexpr size_t signIns = TrafficTotals::ByOutcome {}.size();
constexpr size_t refreshes = 2 * signIns;
constexpr size_t firstClass = 3 * signIns;
constexpr size_t width = firstClass + latency::classes;
using Ring = CounterRing<width>;
using Sums = std::array<quint64, width>;

TrafficPoint pointOf(const Sums &sums, TimePoint from)
{
    const auto of = [&](Outcome outcome, size_t kind = 0) { return qint64(sums[kind + size_t(outcome)]); };
    const auto durations = std::span(sums).subspan<firstClass, latency::classes>();
    return {
        .from = from,
        .succeeded = of(Outcome::Succeeded),
        .redirected = of(Outcome::Redirected),
        .refused = of(Outcome::Refused),
        .limited = of(Outcome::Limited),
        .failed = of(Outcome::Failed),
        .signIns = of(Outcome::Succeeded, signIns),
        .failedSignIns = of(Outcome::Refused, signIns) + of(Outcome::Failed, signIns), // a limit is told apart
        .p50 = latency::percentile(durations, 0.5),
        .p99 = latency::percentile(durations, 0.99),
    };
}

void addUp(Sums &sums, const auto *counts)
{
    for (size_t i = 0; counts && i < width; ++i)
        sums[i] += (*counts)[i];
}

/// Threads take turns at shards when they first count; with up to eight of them nobody shares.
size_t ownNumber()
{
    static std::atomic<size_t> next {0};
    thread_local const size_t mine = next++ % shardCount;
    return mine;
}

} // namespace

struct alignas(64) TrafficStatistics::Shard
{
    mutable std::mutex mutex;
    Ring seconds {Seconds {1}, size_t(longestBySecond.count())};
    Ring minutes {Seconds {60}, minutesKept};
    Sums totals {};
    std::chrono::microseconds duration {0};

    void count(std::initializer_list<size_t> counters, TimePoint now, std::chrono::microseconds took = {})
    {
        const std::scoped_lock lock(mutex);
        duration += took;
        auto &second = seconds.at(now);
        auto &minute = minutes.at(now);
        for (const size_t each : counters) {
            ++second[each];
            ++minute[each];
            ++totals[each];
        }
    }
};

Outcome outcomeOf(int httpStatus)
{
    if (httpStatus == 429)
        return Outcome::Limited;
    if (httpStatus < 300)
        return Outcome::Succeeded;
    if (httpStatus < 400)
        return Outcome::Redirected;
    return httpStatus < 500 ? Outcome::Refused : Outcome::Failed;
}

TrafficStatistics::TrafficStatistics() : m_shards(std::make_unique<Shard[]>(shardCount)) {}
TrafficStatistics::~TrafficStatistics() = default;
TrafficStatistics::Shard &TrafficStatistics::own() { return m_shards[ownNumber()]; }

void TrafficStatistics::record(Outcome outcome, std::chrono::microseconds duration, TimePoint now)
{
    own().count({size_t(outcome), firstClass + latency::classOf(duration)}, now, duration);
}

void TrafficStatistics::recordSignIn(Outcome outcome, TimePoint now) { own().count({signIns + size_t(outcome)}, now); }
void TrafficStatistics::recordRefresh(Outcome outcome, TimePoint now) { own().count({refreshes + size_t(outcome)}, now); }

TrafficTotals TrafficStatistics::totals() const
{
    Sums sums {};
    TrafficTotals totals;
    for (size_t shard = 0; shard < shardCount; ++shard) {
        const std::scoped_lock lock(m_shards[shard].mutex);
        addUp(sums, &m_shards[shard].totals);
        totals.duration += m_shards[shard].duration;
    }
    const auto take = [&sums](size_t from, auto &to) { std::copy_n(sums.begin() + from, to.size(), to.begin()); };
    take(0, totals.requests);
    take(signIns, totals.signIns);
    take(refreshes, totals.refreshes);
    take(firstClass, totals.durations);
    return totals;
}

QList<TrafficPoint> TrafficStatistics::history(Seconds window, TimePoint now) const
{
    const bool bySecond = window <= longestBySecond;
    const Ring Shard::*kind = bySecond ? &Shard::seconds : &Shard::minutes;
    const Ring &any = m_shards[0].*kind; // what steps there are is the same in all and never changes
    const qint64 first = any.firstOf(std::min(window, longestByMinute), now);
    std::vector<Sums> sums(size_t(any.numberOf(now) - first + 1), Sums {});
    for (size_t shard = 0; shard < shardCount; ++shard) {
        const std::scoped_lock lock(m_shards[shard].mutex);
        for (size_t i = 0; i < sums.size(); ++i)
            addUp(sums[i], (m_shards[shard].*kind).find(first + qint64(i)));
    }
    QList<TrafficPoint> points;
    points.reserve(qsizetype(sums.size()));
    for (size_t i = 0; i < sums.size(); ++i)
        points += pointOf(sums[i], any.startOf(first + qint64(i)));
    return points;
}

double TrafficStatistics::requestsPerSecond(Seconds window, TimePoint now) const
{
    const auto points = history(window, now - Seconds {1});
    qint64 requests = 0;
    for (const TrafficPoint &point : points)
        requests += point.requests();
    return double(requests) / double(points.size());
}

} // namespace warder
