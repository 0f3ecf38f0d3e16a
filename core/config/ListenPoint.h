#pragma once

#include "core/config/HostPort.h"

namespace warder {

/// One place where the server listens: an address and a port, or a unix domain socket. A value; any thread.
struct ListenPoint
{
    HostPort place = {}; ///< Unless it is a unix socket.
    QString path = {};   ///< Of a unix socket, absolute; else empty.

    bool isUnix() const { return !path.isEmpty(); }
    bool operator==(const ListenPoint &) const = default;
};

/// `127.0.0.1:8000`, `[::1]:8000`, `unix:/run/warder/warder.sock`. Nothing for any other form, and for a path that is longer
/// than the system's socket addresses hold.
std::optional<ListenPoint> parseListenPoint(QStringView text);

/// The form that parseListenPoint() reads.
QString toText(const ListenPoint &point);

} // namespace warder
