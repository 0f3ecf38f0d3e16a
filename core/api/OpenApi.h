#pragma once

#include "core/api/HttpOptions.h"
#include "core/api/Route.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// The JSON of the OpenAPI 3.1 description, generated from the route table itself, so that it cannot differ from what the server does.
/// Rows without an operation (the docs page) are left out. Pure; any thread.
QByteArray openApiDescription(const QList<Route> &routes, const HttpOptions &options, const Cookies &cookies);

} // namespace warder
