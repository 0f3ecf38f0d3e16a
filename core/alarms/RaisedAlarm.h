#pragma once

#include "core/base/AlarmType.h"
#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QString>

namespace warder {

/// What an admin should notice, as whoever noticed it says it.
struct RaisedAlarm
{
    AlarmType type = AlarmType::Problem;
    QString about = {};      ///< Of BruteForce the name of its sign, of LimitExceeded that of the limit, of Problem its code.
    TimePoint at;            ///< When it began.
    TimePoint lastAt = at;   ///< When it happened last.
    qint64 times = 1;        ///< How often, within its episode.
    qint64 count = 0;        ///< Of BruteForce: what its sign counts.
    QString address = {};    ///< Whom it is about, as the limits write addresses and networks; may be empty.
    QString openedFrom = {}; ///< Of RefreshReused: where the session was opened.
    QString email = {};      ///< The account, or what was typed in its place; may be empty.
    Id user = {};            ///< Null: there is no such account, or none is concerned.
    Id session = {};
    QString detail = {}; ///< Of Problem: the particulars, for people who know the system.

    bool operator==(const RaisedAlarm &) const = default;
};

} // namespace warder
