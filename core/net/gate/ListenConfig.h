#pragma once

#include "core/config/ListenPoint.h"

#include <QList>

namespace warder {

/// Where a listener listens.
struct ListenConfig
{
    QList<ListenPoint> points = {};
    int unixMode = 0660;    ///< Of the unix domain sockets' files.
    QString unixGroup = {}; ///< Empty: the one they are made with, the process's or the folder's own.

    /// Listening sockets that the service manager opened for us. If there are any, `points` are not opened. They are never closed.
    QList<int> inherited = {};

    bool operator==(const ListenConfig &) const = default;
};

} // namespace warder
