#pragma once

#include "core/base/Clock.h"
#include "core/config/Settings.h"

#include <optional>

namespace warder {

/// When backups are made by themselves, where they lie, and how many stay.
struct BackupPolicy
{
    Milliseconds every = std::chrono::days {1}; ///< 0: only when somebody asks for one.
    int kept = 7;                               ///< Of those that nobody named.
    QString directory = {};

    /// One that failed is tried again after this, or after `every` where that is less.
    static constexpr Milliseconds triedAgainAfter = std::chrono::minutes {15};

    static BackupPolicy from(const Settings &settings, const QString &dataDirectory);

    bool isAutomatic() const { return every > Milliseconds {0}; }

    /// `last`: when the newest good one was made, `tried`: when one was begun by itself. A time that is still to come counts as long ago:
    /// the clock was set back. Pure.
    bool isDue(std::optional<TimePoint> last, std::optional<TimePoint> tried, TimePoint now) const;

    /// Whether people should be told that there is none, or that the newest is too old: a week, or where they come by themselves twice
    /// what is between two of them, two days at least. One of a time still to come, by a clock that was wrong, is as old as it is ahead.
    /// In the hour after a start the first one is still to come. Pure.
    bool isOverdue(std::optional<TimePoint> last, TimePoint startedAt, TimePoint now) const;
};

} // namespace warder
