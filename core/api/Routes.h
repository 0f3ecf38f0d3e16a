#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Route.h"

namespace warder {

/// The public surface, one row a route; docs/http.md describes it to the authors of clients. The context must outlive it.
QList<Route> publicRoutes(const ApiContext &api);

/// The routes of each rate limit, for people: "login" → "POST /login", "POST /token", …
QHash<QString, QStringList> limitedRoutes(const QList<Route> &routes);

} // namespace warder
