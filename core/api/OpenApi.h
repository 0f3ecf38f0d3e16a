#pragma once

#include "core/api/HttpOptions.h"
#include "core/api/Route.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// The description of the API (OpenAPI 3.1), made from the route table itself, so that it cannot say something else than
/// the server does. Rows without an operation (the docs page) are left out.
QByteArray openApiDescription(const QList<Route> &routes, const HttpOptions &options, const Cookies &cookies);

} // namespace warder
