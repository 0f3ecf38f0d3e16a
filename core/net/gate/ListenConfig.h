#pragma once

#include "core/config/ListenPoint.h"
#include "core/config/ServerUrl.h"
#include "core/config/Settings.h"

namespace warder {

/// Where a listener listens.
struct ListenConfig
{
    QList<ListenPoint> points = {};
    int unixMode = 0660;    ///< Of the unix domain sockets' files.
    QString unixGroup = {}; ///< Empty: the one they are made with, the process's or the folder's own.

    /// Listening sockets that the service manager opened for us. If there are any, `points` are not opened. They are never closed.
    QList<int> inherited = {};

    static ListenConfig from(const Settings &settings)
    {
        return {.points = listenPointsFrom(settings),
                .unixMode = settings.get<"http.unix_mode">().toInt(nullptr, 8),
                .unixGroup = settings.get<"http.unix_group">()};
    }

    bool operator==(const ListenConfig &) const = default;
};

} // namespace warder
