#pragma once

#include "core/config/ListenPoint.h"
#include "core/console/orders/Server.h"

#include <QList>
#include <QStringList>

/// What a view of the server says of where it listens, or could. Any thread.
namespace warder {

class Settings;

/// Each once: localhost may be two addresses.
QStringList urlsOf(const QList<ListenPoint> &points, const Settings &settings);

/// For the points of a server that does not listen: a port that another program uses is that program's address, and left out, as one is
/// that the system chooses when it listens.
QStringList freeUrlsOf(const QList<ListenPoint> &points, const Settings &settings);

/// The way out while another program uses a port of `points`.
OtherPort otherPort(const QList<ListenPoint> &points, const Settings &settings);

} // namespace warder
