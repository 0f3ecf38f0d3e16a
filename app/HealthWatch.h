#pragma once

#include "core/api/Lanes.h"
#include "core/assembly/Core.h"
#include "core/platform/Process.h"
#include "core/telemetry/HealthChecks.h"

#include <optional>

namespace warder {

/// Finds what nobody reports by itself, and sets or clears it in Core::health: little room on the disk, jumps of the clock, missing
/// files of the data directory, lost log lines. Ends what has stood its time there. A failing write is set at once; each check tries a
/// write again and clears it.
class HealthWatch final
{
public:
    explicit HealthWatch(Core &core);
    ~HealthWatch();
    Q_DISABLE_COPY_MOVE(HealthWatch)

    /// Checks everything once; may wait for the writer. Lane::Light, and at the start; returns at once if another thread is checking.
    void check();
    /// The clock alone, for what a wrong one would make final; waits for a check that goes on.
    void checkTime();
    /// As check(), the lane in which passwords are hashed: a problem once it has been crowded at each look for half a minute.
    void checkHashing(const LaneLoad &load);

    /// How long this has lived, whatever the clock of the machine was set to meanwhile. Any thread.
    Milliseconds uptime() const { return platform::sinceBoot() - m_born; }

private:
    void checkDisk(TimePoint now);
    void checkFiles(TimePoint now);
    void checkClock(TimePoint now);
    void checkLog(TimePoint now);
    void probe();

    Core &m_core;
    const Milliseconds m_born = platform::sinceBoot();
    std::mutex m_checking; ///< Guards the rest.
    health_checks::ClockReading m_last;
    Milliseconds m_off {0};      ///< Sum of the jumps, until none came for an hour.
    Milliseconds m_jumpedAt {0}; ///< Since boot, like m_droppedAt.
    quint64 m_dropped = 0;
    Milliseconds m_droppedAt {0};
    quint64 m_database = 0;                  ///< The file's inode.
    std::optional<TimePoint> m_crowdedSince; ///< The lane of the hashes, at each look since then.
};

/// What a failing write is called: "disk_full", "database_locked", "storage_failure". Pure.
QString problemCodeOf(const Error &error);

} // namespace warder
