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
    /// What was asked for happens later, or not: the answer says nothing of it.
    static ApiResponse accepted() { return {.status = 202}; }
    static ApiResponse bytes(const QByteArray &type, const QByteArray &body);
    /// 302, 303 (the client asks `url` with GET) or 307 (it repeats the request there), with Cache-Control: no-store. Characters that a
    /// URL must not contain, such as line ends and non-ASCII bytes, are escaped. The caller must know where `url` leads.
    static ApiResponse redirect(int status, const QByteArray &url);

    /// The FastAPI shape: `{"detail": …}` with our `code` beside it, and the headers that go with the status.
    static ApiResponse error(const Error &error);
};

} // namespace warder
