#pragma once

#include "core/net/HttpMethod.h"

#include <QByteArray>
#include <QHostAddress>
#include <QHttpHeaders>

#include <optional>

namespace warder {

/// One complete request, a value: it may travel to any thread and outlive its connection. Everything in it passed the
/// gate: the head is at most 16 KiB, the body at most what the handler's body limit allowed.
struct HttpRequest
{
    HttpMethod method = HttpMethod::Get;
    QByteArray path;        ///< Percent-encoded, normalised (RFC 3986 §6.2.2.2), begins with "/".
    QByteArray query;       ///< Percent-encoded, without the '?'.
    QHttpHeaders headers;   ///< Lookup ignores case. No hop-by-hop, Forwarded or X-Forwarded-* fields.
    QByteArray body;        ///< De-chunked.
    QHostAddress client;    ///< Who asks, after the walk through the trusted proxies. IPv4 is never IPv6-mapped.
    QHostAddress peer;      ///< Who is connected: the client, or the proxy nearest to us.
    bool secure = false;    ///< HTTPS as the client sees it (a trusted proxy may say so).
    bool forwarded = false; ///< A proxy may stand between, one of ours or not.
    /// Whom X-Forwarded-For names (the last that is no proxy of ours), where `client` is not taken from it: nobody's word yet.
    std::optional<QHostAddress> claimed = {};
    /// Whom `client` in turn says it asks for, where a proxy of ours named it: nobody's word yet.
    std::optional<QHostAddress> behind = {};
    int httpThread = 0; ///< 0 … threads - 1: for per-thread resources such as read connections.
};

} // namespace warder
