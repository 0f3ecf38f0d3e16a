#pragma once

#include "core/api/Route.h"
#include "core/api/Services.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// The public surface, one row a route; docs/http.md describes it to the authors of clients.
QList<Route> publicRoutes(const Services &services, const HttpOptions &options, const Cookies &cookies);

/// The routes of each rate limit, for people: "login" → "POST /login", "POST /token", …
QHash<QString, QStringList> limitedRoutes(const QList<Route> &routes);

} // namespace warder
