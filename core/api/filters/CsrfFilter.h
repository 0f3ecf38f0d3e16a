#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Call.h"
#include "core/api/Route.h"
#include "core/api/filters/Origins.h"

namespace warder {

/// Refuses what another site makes a browser send (docs/http.md, "Requests of a browser"). Any thread.
Result<void> checkCsrf(const Route &route, const Call &call, const Origins &origins, const ApiContext &api);

/// Whose cookies came along, genuine and in time, whether the session still lives or not: a CSRF token must be this session's. Any thread.
std::optional<Id> cookieSessionOf(const Call &call, const ApiContext &api);

} // namespace warder
