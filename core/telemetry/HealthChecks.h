#pragma once

#include "core/platform/Files.h"

#include <cstddef>

/// When something is a problem. Pure; any thread.
namespace warder::health_checks {

/// What the two clocks say at one moment.
struct ClockReading
{
    TimePoint system;           ///< The time of day, which people and time servers may set.
    Milliseconds sinceBoot {0}; ///< Goes on evenly, also while the machine sleeps.
};

/// How far the time of day went off from what it was, between two readings. Zero where it is within what slewing and scheduling do.
Milliseconds clockJump(const ClockReading &before, const ClockReading &after);

/// "forwards by 3 days", "back by 90 seconds".
QString toText(Milliseconds jump);

/// A machine without a clock of its own starts in 1970, or when its image was made.
bool isBeforeUs(TimePoint now);

/// Less than 256 MiB, but on a small disk less than a twentieth of it; or hardly any file can be made.
bool isLow(const platform::Space &space);

/// So little that a small write may succeed and the next one not: less than 1 MiB, but on a small disk less than a twentieth of it.
bool isFull(const platform::Space &space);

/// Of a queue: three quarters of its places are taken; or still a quarter, where it was crowded before.
bool isCrowded(std::size_t waiting, std::size_t most, bool wasCrowded);

enum class Validity { Good, EndsSoon, Over, NotYet };

/// A certificate's; soon is within 14 days.
Validity validity(TimePoint from, TimePoint until, TimePoint now);

} // namespace warder::health_checks
