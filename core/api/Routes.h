#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Route.h"
#include "core/ratelimit/RuleFaults.h"

namespace warder {

/// The public surface, one row a route; docs/http.md describes it to the authors of clients. The context must outlive it.
QList<Route> publicRoutes(const ApiContext &api);

/// What rate limits may name: every route but those of health, which whoever watches the server asks. In the table's order.
QList<LimitedRoute> routesForLimits(const QList<Route> &routes);

/// Whether routesForLimits() has it.
bool mayBeLimited(const Route &route);

/// As limits name it.
LimitedRoute forLimits(const Route &route);

} // namespace warder
