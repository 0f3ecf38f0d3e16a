#pragma once

#include <QByteArray>
#include <QHttpHeaders>
#include <QLatin1StringView>

namespace warder {

/// What every answer tells a browser that would show it: keep to its type, run and frame nothing, tell no other site where it came
/// from. A policy of the answer's own stays.
void addSafetyTo(QHttpHeaders &headers);

/// What goes back to the client. Content-Length, Connection and Date are the gate's; a body of a HEAD, 204 or 304 answer
/// is cut off by the gate.
struct HttpResponse
{
    int status = 200;
    QHttpHeaders headers = {};
    QByteArray body = {};

    /// The API's error shape, `{"detail":…,"code":…}`, as JSON that is safe to show and not to be kept. Both arguments are
    /// constants of ours: they are not escaped.
    static HttpResponse error(int status, QLatin1StringView detail, QLatin1StringView code);

    /// 500, for a handler that threw or forgot to answer.
    static HttpResponse serverError();
};

} // namespace warder
