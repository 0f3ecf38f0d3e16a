#pragma once

#include "core/http/Route.h"
#include "core/http/Services.h"
#include "core/http/filters/Cookies.h"

namespace warder {

/// The public surface, one row a route: the whole of API.md.
QList<Route> publicRoutes(const Services &services, const HttpOptions &options, const Cookies &cookies);

} // namespace warder
