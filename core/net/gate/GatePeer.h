#pragma once

#include <QHostAddress>

namespace warder {

/// Who is connected.
struct GatePeer
{
    QHostAddress address = {}; ///< This machine, for a unix domain socket. IPv4 is never IPv6-mapped.
    quint16 port = 0;
    bool isUnix = false;    ///< By a socket file: whoever may open it is trusted like a proxy.
    bool secure = false;    ///< Over TLS.
    bool isCarried = false; ///< A proxy of ours named it in a PROXY header, and knows how it came.
};

/// A connection that was just accepted.
struct AcceptedConnection
{
    qintptr descriptor = -1;
    GatePeer peer = {};
};

} // namespace warder
