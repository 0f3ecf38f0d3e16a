#pragma once

#include "core/base/ErrorCode.h"

#include <QByteArray>
#include <QHttpHeaders>

namespace warder {

/// Adds the headers that protect a browser which would show the response: no sniffing of its type, no scripts, no frames, no referrer
/// to other sites. A Content-Security-Policy that the response has already stays.
void addSafetyTo(QHttpHeaders &headers);

/// What a handler returns. The gate adds Content-Length, Connection and Date, and cuts off the body of a HEAD, 204 or 304 response.
struct HttpResponse
{
    int status = 200;
    QHttpHeaders headers = {};
    QByteArray body = {};

    /// The API's error shape, `{"detail":…,"code":…}`, as JSON that is safe to show and not to be stored.
    static HttpResponse error(ErrorCode code);
};

} // namespace warder
