#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Call.h"
#include "core/api/RouteTable.h"
#include "core/base/Result.h"

#include <vector>

namespace warder {

class RouteCallers;
struct Exchange;
struct RateSubject;

/// Asks the limiter whether a request may go on, and tells of those that may not. Any thread; waits for nothing.
class RequestLimits final
{
public:
    /// Tells the limiter of the rows. All must outlive this.
    RequestLimits(const ApiContext &api, const RouteTable &routes, const RouteCallers &callers);

    /// AddressBlocked where its network is, but for the routes of health: whoever watches the server may come from anywhere.
    Result<void> checkBlocked(const Call &call) const;

    /// Counts a request that has a row, by its body's account and its session, and notes what the limiter says of it; also who asks,
    /// where that had to be found out for it. RateDecision::error() if it may not go on.
    Result<void> check(Exchange &exchange) const;

private:
    Id sessionOf(Exchange &exchange) const;
    void noteAlerts(const Exchange &exchange) const;
    void noteDeniedGuess(const RateSubject &subject, TimePoint now) const;

    const ApiContext &m_api;
    const RouteTable &m_routes;
    const RouteCallers &m_callers;
    const std::vector<int> m_numbers; ///< The limiter's, in the order of the table; -1: not to be limited.
};

} // namespace warder
