#pragma once

#include "core/base/Clock.h"

#include <QString>

#include <optional>

/// When something is a problem. Pure, but for what reads the system's own numbers; any thread.
namespace warder::health_checks {

/// What the two clocks say at one moment.
struct ClockReading
{
    TimePoint system;           ///< The time of day, which people and time servers may set.
    Milliseconds sinceBoot {0}; ///< Goes on evenly, also while the machine sleeps.
};

/// From the kernel itself: a library that shows the process another time must not show it another boot clock, too.
Milliseconds sinceBoot();

/// How far the time of day went off from what it was, between two readings. Zero where it is within what slewing and scheduling do.
Milliseconds clockJump(const ClockReading &before, const ClockReading &after);

/// "forwards by 3 days", "back by 90 seconds".
QString toText(Milliseconds jump);

/// A machine without a clock of its own starts in 1970, or when its image was made.
bool isBeforeUs(TimePoint now);

/// What is left for us where a path lies.
struct Space
{
    quint64 total = 0;
    quint64 available = 0;
    quint64 files = 0; ///< 0: the file system does not count them.
    quint64 filesAvailable = 0;
};
std::optional<Space> spaceAt(const QString &path);

/// Less than 256 MiB, but on a small disk less than a twentieth of it; or hardly any file can be made.
bool isLow(const Space &space);

/// So little that a small write may succeed and the next one not: less than 1 MiB, but on a small disk less than a twentieth of it.
bool isFull(const Space &space);

enum class Validity { Good, EndsSoon, Over, NotYet };

/// A certificate's; soon is within 14 days.
Validity validity(TimePoint from, TimePoint until, TimePoint now);

} // namespace warder::health_checks
