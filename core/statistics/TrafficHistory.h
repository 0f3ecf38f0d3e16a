#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/statistics/TrafficStore.h"
#include "core/telemetry/TrafficCounts.h"

#include <map>
#include <mutex>
#include <optional>

namespace warder {

class Database;
class DbConnection;
class TrafficStatistics;

/// What the server answered in the last ten minutes, by second and from memory, and in the last month, which outlives a restart: by minute
/// for two days, by hour for 31. What is not written yet is in memory, and counts once. Of a killed server the time since the last keep()
/// is lost. Any thread; keep() waits for the writer, who reads waits for nobody.
///
/// Where the machine's clock is set back, what was counted ahead of it stays where it is. If the clock is set forward again it is shown
/// again; if time gets there by itself it goes, as that time is counted anew. A clock that is set ahead removes nothing but a row for each
/// one that is written.
class TrafficHistory final
{
public:
    static constexpr Seconds minutesKept = std::chrono::days {2};
    static constexpr Seconds hoursKept = std::chrono::days {31};
    static constexpr qint64 mostMinutes = 3 * 24 * 60; ///< Rows, so that also times ahead of the clock have an end.
    static constexpr qint64 mostHours = 40 * 24;

    TrafficHistory(Database &database, TrafficStatistics &traffic, TimePoint now);

    /// `count` steps of `length`, oldest first, without gaps, the running one last. By second up to ten minutes, else whole minutes; those
    /// of more than two days in all are whole hours.
    Result<QList<TrafficStep>> steps(Seconds length, qsizetype count, TimePoint now) const;

    /// Writes what was counted since the last time, and how many there are now. Each minute, and at a stop; waits for the writer. What
    /// could not be written is tried again the next time.
    Result<void> keep(const std::optional<ServerLevels> &levels, TimePoint now);

private:
    using Minutes = std::map<TimePoint, TrafficCounts>;

    /// On its way to the disk. Whether it is there, the disk says itself: by the id.
    struct Batch
    {
        Id id;
        Minutes counts;
        TimePoint at;
    };
    /// What is counted and not on disk, but for the batch, and what tells how rows and batch fit together.
    struct Memory
    {
        QList<TrafficStep> steps;
        std::optional<Batch> batch;
        TimePoint keptAt;
        quint64 changes;
    };
    Memory memory() const;
    bool isAsItWas(const Memory &counted) const;
    static QList<TrafficStep> sum(TrafficStore::Kept kept, const Memory &counted);

    void begin(TimePoint now);
    Result<void> write(DbConnection &connection, const std::optional<ServerLevels> &levels) const;
    Result<void> forget(DbConnection &connection, TimePoint now) const;
    void end(bool isWritten);

    Database &m_database;
    TrafficStatistics &m_traffic;
    std::mutex m_keeping;         ///< Held by whoever writes.
    mutable std::mutex m_mutex;   ///< Guards what follows; nobody who holds it waits.
    Minutes m_pending;            ///< Taken from the statistics, not on disk and in no batch.
    std::optional<Batch> m_batch; ///< Only while somebody writes.
    TimePoint m_keptAt;           ///< The last keep() that succeeded; at first the start.
    quint64 m_changes = 0;        ///< How often a batch began or ended.
};

} // namespace warder
