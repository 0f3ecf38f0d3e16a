#pragma once

#include "core/alarms/RaisedAlarm.h"
#include "core/base/AlarmState.h"

#include <optional>

namespace warder {

/// An alarm as it stays until somebody has seen to it.
struct StoredAlarm
{
    Id id; ///< Sorts by when it began.
    RaisedAlarm raised;
    AlarmState state = AlarmState::Open;
    std::optional<TimePoint> changedAt = {}; ///< When the state became what it is; nothing: it is as it began.
    QString changedBy = {};                  ///< "console", "command line".

    bool operator==(const StoredAlarm &) const = default;
};

} // namespace warder
