#pragma once

#include "core/alarms/RaisedAlarm.h"

namespace warder {

/// Which alarms are one: an attack or a trouble that goes on is one row with a count, not a row each time. Pure.
namespace AlarmEpisode {

/// What two alarms share that may be one. A limit is one whoever exceeds it, and an account's guessers are one wherever they come from:
/// who has many addresses makes no more rows by that.
QString keyOf(const RaisedAlarm &alarm);

/// For how long after the last time another one still belongs to the same, and before it, where the clock was set back: an hour, for a
/// problem of the server a day.
Milliseconds lengthOf(AlarmType type);

/// Whether a problem with that code is an alarm at all: those are not that somebody caused who sees it at once.
bool isAlarming(const QString &problem);

} // namespace AlarmEpisode
} // namespace warder
