#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QHttpHeaders>
#include <QJsonObject>

namespace warder {

/// What an endpoint answers.
struct ApiResponse
{
    int status = 200;
    QHttpHeaders headers = {};
    QByteArray body = {};

    static ApiResponse json(int status, const QJsonObject &object);
    static ApiResponse noContent() { return {.status = 204}; }
    static ApiResponse bytes(const QByteArray &type, const QByteArray &body);
    /// 302, 303 (ask there with GET) or 307 (send the same there); not to be stored. What `url` holds that may not stand in one, line
    /// ends and bytes beyond ASCII among it, is escaped. Where it leads is the caller's care.
    static ApiResponse redirect(int status, const QByteArray &url);

    /// The FastAPI shape: `{"detail": …}` with our `code` beside it, and the headers that go with the status.
    static ApiResponse error(const Error &error);
};

} // namespace warder
