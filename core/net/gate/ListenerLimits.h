#pragma once

#include "core/base/Clock.h"
#include "core/net/gate/HttpFraming.h"

#include <QHostAddress>
#include <QList>
#include <QPair>

namespace warder {

class Settings;

/// Everything about a listener that a setting may change. Deadlines are absolute (no progress extends them, except the two
/// minimum rates) and are checked every `tick`.
struct ListenerLimits
{
    FramingLimits framing = {};

    Milliseconds handshake {8'000};  ///< For a PROXY header, and then for a TLS handshake; then it is cut off.
    Milliseconds firstByte {10'000}; ///< From the connection to its first byte; then it is closed.
    Milliseconds head {10'000};      ///< From the first to the last byte of a head; then 408.
    Milliseconds body {20'000};      ///< For a body; afterwards it must keep bodyBytesPerSecond, else 408.
    Milliseconds handler {60'000};   ///< From the complete request to its answer; then 503.
    Milliseconds idle {30'000};      ///< Between two requests; then the connection is closed.
    Milliseconds write {20'000};     ///< For the client to take an answer, beside writeBytesPerSecond.
    Milliseconds linger {1'000};     ///< After the last answer, so that it is not lost to a reset.
    Milliseconds drainIdle {1'500};  ///< What an idle connection is still given when the listener stops.
    Milliseconds tick {500};

    int bodyBytesPerSecond = 500;
    int writeBytesPerSecond = 8'192;
    qint64 unsentBytes = 256 * 1024;            ///< More than this unsent: no further request is read.
    qint64 totalUnsentBytes = 64 * 1024 * 1024; ///< More than this unsent of all connections: 503 in place of a long answer.

    int threads = 2; ///< HTTP threads, 1 … 64.
    int connections = 4'096;
    int connectionsPerAddress = 256; ///< IPv6 counts by /64; 0: no limit. Trusted proxies are exempt.
    int requestsPerConnection = 100'000;

    /// Whose X-Forwarded-For and X-Forwarded-Proto are believed; each as QHostAddress::parseSubnet() gives it.
    QList<QPair<QHostAddress, int>> trustedProxies = {};

    /// Trusted proxies and unix sockets begin each connection with a PROXY header.
    bool proxyProtocol = false;

    /// Never more connections than the system has descriptors for.
    static ListenerLimits from(const Settings &settings);
};

} // namespace warder
