#pragma once

#include <QByteArray>
#include <QHttpHeaders>
#include <QLatin1StringView>

namespace warder {

/// What goes back to the client. Content-Length, Connection and Date are the gate's; a body of a HEAD, 204 or 304 answer
/// is cut off by the gate.
struct HttpAnswer
{
    int status = 200;
    QHttpHeaders headers = {};
    QByteArray body = {};

    /// The API's error shape, `{"detail":…,"code":…}`, as JSON with `X-Content-Type-Options: nosniff`. Both arguments are
    /// constants of ours: they are not escaped.
    static HttpAnswer error(int status, QLatin1StringView detail, QLatin1StringView code);

    /// 500, for a handler that threw or forgot to answer.
    static HttpAnswer serverError();
};

} // namespace warder
