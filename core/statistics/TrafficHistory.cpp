#include "core/statistics/TrafficHistory.h"

#include "core/storage/Database.h"
#include "core/telemetry/TrafficStatistics.h"

#include <utility>

namespace warder {
namespace {

using TrafficStore::byHour;
using TrafficStore::byMinute;

constexpr size_t mostPending = 24 * 60; ///< Minutes.

/// Time went by from the one to the other: neither was the clock set, nor did the machine sleep. Rows that begin between them were counted
/// when the clock was ahead: what is soon there is not taken.
bool isTick(TimePoint before, TimePoint now) { return now > before && now - before < TrafficStatistics::soon; }

QList<TrafficStep> toSteps(const std::map<TimePoint, TrafficCounts> &minutes)
{
    QList<TrafficStep> steps;
    for (const auto &[from, counts] : minutes)
        steps += TrafficStep {.from = from, .counts = counts};
    return steps;
}

} // namespace

TrafficHistory::TrafficHistory(Database &database, TrafficStatistics &traffic, TimePoint now)
    : m_database(database), m_traffic(traffic), m_keptAt(now)
{}

Result<QList<TrafficStep>> TrafficHistory::steps(Seconds length, qsizetype count, TimePoint now) const
{
    if (length < byMinute)
        return traffic_steps::gathered(m_traffic.seconds(length * count, now), length, count, now);
    const Seconds rows = length * count > minutesKept ? byHour : byMinute;
    const TimePoint from = traffic_steps::startOf(now, length) - length * (count - 1);
    for (;;) {
        const Memory counted = memory();
        const auto kept = TrafficStore::findKept(m_database.reader(), rows, from, now);
        if (!kept)
            return refused(kept);
        if (isAsItWas(counted)) // else something went to the disk or came back meanwhile, and would count twice or not at all
            return traffic_steps::gathered(sum(*kept, counted), length, count, now);
    }
}

TrafficHistory::Memory TrafficHistory::memory() const
{
    const std::scoped_lock lock(m_mutex);
    return {.steps = toSteps(m_pending) + m_traffic.untaken(), .batch = m_batch, .keptAt = m_keptAt, .changes = m_changes};
}

bool TrafficHistory::isAsItWas(const Memory &counted) const
{
    const std::scoped_lock lock(m_mutex);
    return m_changes == counted.changes;
}

QList<TrafficStep> TrafficHistory::sum(TrafficStore::Kept kept, const Memory &counted)
{
    const bool isOnDisk = counted.batch && counted.batch->id == kept.batch;
    const TimePoint keptAt = isOnDisk ? counted.batch->at : counted.keptAt;
    kept.steps.removeIf([keptAt](const TrafficStep &row) { return row.from > keptAt; }); // counted when the clock was ahead
    if (counted.batch && !isOnDisk)
        kept.steps += toSteps(counted.batch->counts);
    return kept.steps + counted.steps;
}

Result<void> TrafficHistory::keep(const std::optional<ServerLevels> &levels, TimePoint now)
{
    const std::scoped_lock keeping(m_keeping);
    begin(now);
    const auto written = m_database.write([&](Transaction &transaction) { return write(transaction, levels); });
    end(written.has_value());
    return written;
}

void TrafficHistory::begin(TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    for (const TrafficStep &each : m_traffic.take(now))
        m_pending[each.from] += each.counts;
    while (m_pending.size() > mostPending) // the disk is full for days
        m_pending.erase(m_pending.begin());
    m_batch = Batch {.id = Id::create(now), .counts = std::exchange(m_pending, {}), .at = now};
    ++m_changes;
}

void TrafficHistory::end(bool isWritten)
{
    const std::scoped_lock lock(m_mutex);
    if (isWritten) {
        m_keptAt = m_batch->at;
    } else {
        for (const auto &[from, counts] : m_batch->counts)
            m_pending[from] += counts;
    }
    m_batch.reset();
    ++m_changes;
}

/// On the writer. Batch and time stay as they are until whoever waits for it goes on.
Result<void> TrafficHistory::write(DbConnection &connection, const std::optional<ServerLevels> &levels) const
{
    const TimePoint now = m_batch->at;
    if (isTick(m_keptAt, now)) {
        if (const auto removed = TrafficStore::removeBetween(connection, m_keptAt, now); !removed)
            return removed;
    }
    QList<TrafficStep> steps = toSteps(m_batch->counts);
    if (levels)
        steps += TrafficStep {.from = now, .levels = levels};
    for (const TrafficStep &each : std::as_const(steps)) {
        for (const Seconds length : {byMinute, byHour}) {
            if (const auto added = TrafficStore::add(connection, length, each); !added)
                return added;
        }
    }
    return TrafficStore::noteBatch(connection, m_batch->id).and_then([&] { return forget(connection, now); });
}

Result<void> TrafficHistory::forget(DbConnection &connection, TimePoint now) const
{
    return TrafficStore::removeFurthest(connection, byMinute, mostMinutes, now).and_then([&] {
        return TrafficStore::removeFurthest(connection, byHour, mostHours, now);
    });
}

} // namespace warder
