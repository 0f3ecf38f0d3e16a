#pragma once

#include "core/ratelimit/DecisionRecord.h"
#include "core/ratelimit/RuleFaults.h"

#include <atomic>

namespace warder {

/// What a rule would have done, had it held.
struct WhatIf
{
    TimePoint from;       ///< The record goes back to there…
    TimePoint to;         ///< …and ends there: now, or where it was stopped.
    qint64 requests = 0;  ///< Recorded of routes that the rule applies to.
    qint64 denied = 0;    ///< Would have been; of a rule that only tells: would have been told of.
    qint64 addresses = 0; ///< Different ones among the denied.
    qint64 accounts = 0;
    qint64 signIns = 0;   ///< Successful sign-ins among the denied: owners whom it would have kept out.
    qint64 deniedNow = 0; ///< Of these requests, how many were denied as the rules were.

    bool operator==(const WhatIf &) const = default;
};

/// Replays a record against one rule that counts requests; one that is off, or counts something else, denies none. Pure: takes under a
/// second for a million; `stop` ends it early, with what it has so far.
WhatIf whatIf(const std::vector<RecordedDecision> &record, TimePoint begin, const RateRule &rule, const QList<LimitedRoute> &routes,
              TimePoint now, const std::atomic<bool> &stop);

} // namespace warder
