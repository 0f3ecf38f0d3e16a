#pragma once

#include "core/config/ListenPoint.h"

#include <QList>

/// What the settings say about how the server is reached. Pure; any thread.
namespace warder {

class Settings;

/// http.listen
QList<ListenPoint> listenPointsFrom(const Settings &settings);

/// True when a certificate is named.
bool servesTls(const Settings &settings);

/// "http://localhost:8000": how a person on this machine reaches the listener there.
QString urlOf(const ListenPoint &point, const Settings &settings);

/// How tokens name a server that listens there unless the settings do: by the first address that a browser could follow. At least one
/// point.
QString ownUrl(const QList<ListenPoint> &points, const Settings &settings);

} // namespace warder
