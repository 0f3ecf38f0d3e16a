#pragma once

#include "core/config/ListenPoint.h"

#include <QStringList>

namespace warder {

class Settings;

/// What a start should say aloud although it goes on, a line each: variables that are no setting, and settings that open the server
/// wider than people mean to. `points`: where it listens, by http.listen or by what systemd opened.
QStringList startWarnings(const Settings &settings, const QList<ListenPoint> &points);

} // namespace warder
