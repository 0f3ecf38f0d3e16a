#pragma once

#include "core/base/Result.h"
#include "core/http/Route.h"

#include <QJsonObject>

namespace warder {

/// The members of a request's body. InvalidInput with FastAPI's faults (json_invalid, model_attributes_type);
/// UnsupportedMediaType for a content type that the route does not take. Pure; any thread.
Result<QJsonObject> readBody(Body allowed, const QHttpHeaders &headers, const QByteArray &body);

} // namespace warder
