#pragma once

#include "core/config/HostPort.h"
#include "core/config/ListenPoint.h"

#include <QList>

/// Which ports other programs leave to us. Any thread.
namespace warder {

/// Whether the port could be listened on at this moment: it is bound and let go of at once, so nobody can connect to it meanwhile. True
/// for port 0.
bool isFree(const HostPort &place);

/// `points` with `port` in place of the first port among them that another program uses. Nothing where none is used, or where `port` is
/// not free at one of the addresses.
std::optional<QList<ListenPoint>> movedTo(quint16 port, const QList<ListenPoint> &points);

/// The port above the used one that movedTo() takes; 0: there is none, or none of the next hundred.
quint16 nextFreePort(const QList<ListenPoint> &points);

} // namespace warder
