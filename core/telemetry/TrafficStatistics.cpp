#include "core/telemetry/TrafficStatistics.h"

#include "core/telemetry/CounterRing.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>

namespace warder {
namespace {

constexpr size_t shardCount = 8;
constexpr size_t secondsKept = 600;
constexpr Seconds aMinute {60};

// The counters: requests, sign-ins and refreshes, one for each Outcome, then the classes of duration.
constexpr size_t signIns = TrafficTotals::ByOutcome {}.size();
constexpr size_t refreshes = 2 * signIns;
constexpr size_t firstClass = 3 * signIns;
constexpr size_t width = firstClass + latency::classes;
using Ring = CounterRing<width>;
using Sums = std::array<quint64, width>;

/// By the beginning of each minute.
using SumsByMinute = std::map<TimePoint, Sums>;

TrafficCounts countsOf(const Sums &sums)
{
    const auto of = [&](Outcome outcome, size_t kind = 0) { return qint64(sums[kind + size_t(outcome)]); };
    TrafficCounts counts {
        .succeeded = of(Outcome::Succeeded),
        .redirected = of(Outcome::Redirected),
        .refused = of(Outcome::Refused),
        .limited = of(Outcome::Limited),
        .failed = of(Outcome::Failed),
        .signIns = of(Outcome::Succeeded, signIns),
        .failedSignIns = of(Outcome::Refused, signIns) + of(Outcome::Failed, signIns), // a limit is told apart
        .refreshes = of(Outcome::Succeeded, refreshes),
    };
    std::copy_n(sums.begin() + firstClass, counts.durations.size(), counts.durations.begin());
    return counts;
}

QList<TrafficStep> stepsOf(const SumsByMinute &sums)
{
    QList<TrafficStep> steps;
    for (const auto &[from, counts] : sums)
        steps += TrafficStep {.from = from, .counts = countsOf(counts)};
    return steps;
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
    mutable std::mutex mutex; ///< Guards all of it.
    Ring seconds {Seconds {1}, secondsKept};
    std::map<TimePoint, Ring::Counts> untaken; ///< By minute.
    Sums totals {};
    std::chrono::microseconds duration {0};

    void count(std::initializer_list<size_t> counters, TimePoint now, std::chrono::microseconds took = {})
    {
        const std::scoped_lock lock(mutex);
        duration += took;
        auto &inSecond = seconds.at(now);
        auto &inMinute = minuteOf(now);
        for (const size_t each : counters) {
            ++inSecond[each];
            ++inMinute[each];
            ++totals[each];
        }
    }

    Ring::Counts &minuteOf(TimePoint now)
    {
        const auto found = untaken.try_emplace(traffic_steps::startOf(now, aMinute)).first;
        if (untaken.size() > mostUntaken) // nobody takes them
            untaken.erase(untaken.begin() == found ? std::next(found) : untaken.begin());
        return found->second;
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

TrafficPoint pointOf(const TrafficStep &step)
{
    const TrafficCounts &counts = step.counts;
    return {
        .from = step.from,
        .succeeded = counts.succeeded,
        .redirected = counts.redirected,
        .refused = counts.refused,
        .limited = counts.limited,
        .failed = counts.failed,
        .signIns = counts.signIns,
        .failedSignIns = counts.failedSignIns,
        .p50 = latency::percentile(counts.durations, 0.5),
        .p99 = latency::percentile(counts.durations, 0.99),
    };
}

QList<TrafficStep> TrafficStatistics::seconds(Seconds window, TimePoint now) const
{
    const Ring &any = m_shards[0].seconds; // what steps there are is the same in all and never changes
    const qint64 first = any.firstOf(window, now);
    std::vector<Sums> sums(size_t(any.numberOf(now) - first + 1), Sums {});
    for (size_t shard = 0; shard < shardCount; ++shard) {
        const std::scoped_lock lock(m_shards[shard].mutex);
        for (size_t i = 0; i < sums.size(); ++i)
            addUp(sums[i], m_shards[shard].seconds.find(first + qint64(i)));
    }
    QList<TrafficStep> steps;
    steps.reserve(qsizetype(sums.size()));
    for (size_t i = 0; i < sums.size(); ++i)
        steps += TrafficStep {.from = any.startOf(first + qint64(i)), .counts = countsOf(sums[i])};
    return steps;
}

QList<TrafficPoint> TrafficStatistics::history(Seconds window, TimePoint now) const
{
    QList<TrafficPoint> points;
    for (const TrafficStep &step : seconds(window, now))
        points += pointOf(step);
    return points;
}

double TrafficStatistics::requestsPerSecond(Seconds window, TimePoint now) const
{
    const auto steps = seconds(window, now - Seconds {1});
    qint64 requests = 0;
    for (const TrafficStep &step : steps)
        requests += step.counts.requests();
    return double(requests) / double(steps.size());
}

std::optional<double> TrafficStatistics::percentile(double share, Seconds window, TimePoint now) const
{
    TrafficCounts all;
    for (const TrafficStep &step : seconds(window, now - Seconds {1}))
        all += step.counts;
    return all.requests() > 0 ? std::optional(latency::percentile(all.durations, share)) : std::nullopt;
}

QList<TrafficStep> TrafficStatistics::untaken() const
{
    SumsByMinute sums;
    for (size_t shard = 0; shard < shardCount; ++shard) {
        const std::scoped_lock lock(m_shards[shard].mutex);
        for (const auto &[from, counts] : m_shards[shard].untaken)
            addUp(sums[from], &counts);
    }
    return stepsOf(sums);
}

QList<TrafficStep> TrafficStatistics::take(TimePoint now)
{
    const auto stays = [now](TimePoint from) { return from > now && from <= now + soon; };
    SumsByMinute sums;
    for (size_t shard = 0; shard < shardCount; ++shard) {
        const std::scoped_lock lock(m_shards[shard].mutex);
        std::erase_if(m_shards[shard].untaken, [&](const auto &each) {
            if (stays(each.first))
                return false;
            addUp(sums[each.first], &each.second);
            return true;
        });
    }
    return stepsOf(sums);
}

} // namespace warder
