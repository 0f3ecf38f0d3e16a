#pragma once

#include "core/api/Call.h"
#include "core/api/Caller.h"
#include "core/api/RouteTable.h"
#include "core/base/Result.h"
#include "core/net/PendingAnswer.h"
#include "core/ratelimit/RateDecision.h"
#include "core/ratelimit/RateSubject.h"

#include <chrono>
#include <memory>
#include <optional>

namespace warder {

class Pipeline;

/// One request on its way through a pipeline: what is known of it so far, and the duty to answer. One thread at a time.
struct Exchange
{
    Call call;
    RouteTable::Match match = {};
    std::optional<Error> bodyFault = {}; ///< Told after the limit, the CSRF check and who asks; so is the next.
    std::optional<Error> queryFault = {};
    std::optional<Result<Caller>> caller = {}; ///< Once it was looked for.
    int routeNumber = -1;                      ///< The limiter's; -1: not to be limited, or not asked yet.
    RateSubject subject = {};
    RateDecision decision = {};
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    PendingAnswer pending;
    std::shared_ptr<const Pipeline> pipeline; ///< A reload may have replaced it meanwhile.
};

} // namespace warder
