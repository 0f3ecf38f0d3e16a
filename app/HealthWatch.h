#pragma once

#include "core/assembly/Core.h"
#include "core/platform/Process.h"
#include "core/telemetry/HealthChecks.h"

namespace warder {

/// Looks after what nobody reports by itself, and says in Core::health how it stands: room on the disk, whether a write that failed would
/// succeed now, jumps of the clock, the files of the data directory, lines that the log lost. Hears of failing writes at once.
class HealthWatch final
{
public:
    explicit HealthWatch(Core &core);
    ~HealthWatch();
    Q_DISABLE_COPY_MOVE(HealthWatch)

    /// One look. A lane's work, it may wait for the writer; one at a time, others return at once.
    void look();

    /// How long this has lived, whatever the clock of the machine was set to meanwhile. Any thread.
    Milliseconds age() const { return platform::sinceBoot() - m_born; }

private:
    void lookAtDisk(TimePoint now);
    void lookAtFiles(TimePoint now);
    void lookAtClock(TimePoint now);
    void lookAtLog(TimePoint now);
    void probe();

    Core &m_core;
    const Milliseconds m_born = platform::sinceBoot();
    std::mutex m_looking; ///< Guards the rest.
    health_checks::ClockReading m_last;
    Milliseconds m_off {0};      ///< What all jumps of the last hour add up to.
    Milliseconds m_jumpedAt {0}; ///< Since boot, as the next.
    quint64 m_dropped = 0;
    Milliseconds m_droppedAt {0};
    quint64 m_database = 0; ///< The file's inode.
};

/// What a failing write is called: "disk_full", "database_locked", "storage_failure". Pure.
QString problemCodeOf(const Error &error);

} // namespace warder
