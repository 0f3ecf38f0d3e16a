#pragma once

#include "core/alarms/RaisedAlarm.h"

namespace warder {

/// Hears of alarms that nobody else tells of. From any lane, or on the writer's thread. Must be quick, must not wait and must not use the
/// database.
class AlarmListener
{
public:
    virtual ~AlarmListener() = default;
    /// The server has a problem that it did not have within the last day.
    virtual void problemBegan(const RaisedAlarm &alarm) = 0;
    /// There are other rows than before, or other counts: they are on disk.
    virtual void alarmsStored() = 0;
};

} // namespace warder
