#pragma once

#include "core/config/Rate.h"

namespace warder {

/// The Generic Cell Rate Algorithm: one time stamp a bucket, the theoretical arrival time (TAT) at which nothing is used.
/// Pure rules in microseconds; any thread.
using MicroTime = std::chrono::sys_time<std::chrono::microseconds>;

struct GcraDecision
{
    bool allowed = false;
    MicroTime tat;                            ///< What the bucket holds from now on if the request goes through.
    qint64 remaining = 0;                     ///< After this request.
    std::chrono::microseconds retryAfter {0}; ///< 0 if allowed.
    std::chrono::microseconds resetAfter {0}; ///< Until nothing is used.
    std::chrono::microseconds waitFirst {0};  ///< Allowed, but only so much later: its turn is still to come. 0 without patience.
};

/// How long until one more is allowed.
std::chrono::microseconds emissionInterval(const Rate &rate);

/// How long it takes from all used to nothing used.
std::chrono::microseconds fullSpan(const Rate &rate);

/// Exactly at the time of retryAfter the request is allowed. A `tat` later than a full bucket's (the clock went back) counts as a full
/// bucket, so nobody waits longer than the rule says. `patience`: a request too many is allowed all the same where its turn comes within
/// that time.
GcraDecision decide(MicroTime tat, const Rate &rate, MicroTime now, std::chrono::microseconds patience = {});

} // namespace warder
