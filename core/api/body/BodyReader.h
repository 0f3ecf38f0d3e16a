#pragma once

#include "core/api/Route.h"
#include "core/base/Result.h"

#include <QJsonObject>

namespace warder {

/// The members of a request's body. InvalidInput with FastAPI's faults (json_invalid, model_attributes_type);
/// UnsupportedMediaType, in words that say which are, for a content type that the route does not take; UnsupportedEncoding for a
/// compressed body. No body at all is an empty one: the endpoint says which fields are missing. Pure; any thread.
/// The media types of a body of that kind, as the Accept field of a 415 has them (RFC 9110 §12.5.1).
QByteArray mediaTypesOf(Body allowed);

Result<QJsonObject> readBody(Body allowed, const QHttpHeaders &headers, const QByteArray &body);

} // namespace warder
