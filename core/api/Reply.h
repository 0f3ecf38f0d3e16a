#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QHttpHeaders>
#include <QJsonObject>

namespace warder {

/// What an endpoint answers.
struct Reply
{
    int status = 200;
    QHttpHeaders headers = {};
    QByteArray body = {};

    static Reply json(int status, const QJsonObject &object);
    static Reply noContent() { return {.status = 204}; }
    static Reply bytes(const QByteArray &type, const QByteArray &body);

    /// The FastAPI shape: `{"detail": …}` with our `code` beside it, and the headers that go with the status.
    static Reply error(const Error &error);
};

/// The one place where refusals meet HTTP.
int statusOf(ErrorCode code);

} // namespace warder
