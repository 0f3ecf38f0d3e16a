#pragma once

#include "core/console/orders/Alarms.h"
#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"

#include <QString>

namespace warder {

/// Where in the window more can be seen of an alarm.
struct AlarmPlace
{
    QString page; ///< As Pages::jumpTo() takes it: "sessions", "backups".
    PageFilter filter = {};
};

/// The sessions of whose token it was, who is held back by a limit, or the page that tells of a problem. Pure.
AlarmPlace placeOf(const Alarm &alarm);

/// Whether the list of alarms, or its number, may be another one than before. Pure.
bool concernAlarms(const QList<Change> &changes);

} // namespace warder
