#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Call.h"
#include "core/api/Caller.h"
#include "core/api/Route.h"
#include "core/api/filters/PendingCallers.h"
#include "core/base/Result.h"

namespace warder {

/// Finds out who asks, as a route's Access wants it. Any thread; may read the database.
class RouteCallers final
{
public:
    /// `api`, and what `sources` points to, must outlive this.
    RouteCallers(const ApiContext &api, const CallerSources &sources);
    Q_DISABLE_COPY_MOVE(RouteCallers)

    /// Throws std::logic_error, which names the route, for callers that nobody in the sources checks; for those of Pending and Client,
    /// what changes something without Csrf::Origin.
    void checkServable(const QList<Route> &routes) const;

    /// Nobody for Access::Anyone. For all others refuses as CallerSource, sessionCallerOf() or recentCallerOf() does.
    Result<Caller> callerOf(Access access, const Call &call) const;

private:
    const ApiContext &m_api;
    const PendingCallers m_pending;
    const CallerSources m_sources;
};

} // namespace warder
