#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"

#include <QByteArray>
#include <QStringList>

namespace warder {

/// What the limiter says to one request. `rule` is the tightest that applied: of those that denied the one that denies
/// longest, else the one with the least left; empty if no rule applied.
struct RateDecision
{
    bool allowed = true;
    QString rule = {};
    qint64 limit = 0;   ///< How many at once when nothing is used.
    Seconds window {0}; ///< How long it takes from all used to nothing used.
    qint64 remaining = 0;
    Milliseconds retryAfter {0}; ///< 0 if allowed.
    Milliseconds resetAfter {0}; ///< Until nothing is used.
    Milliseconds waitFirst {0};  ///< Allowed, but to be answered so much later (RateAction::Delay); at most `longestDelay`.
    bool needsProof = false;     ///< Denied until the owner proves it otherwise: no wait helps.
    QStringList alerts = {};     ///< Rules that only tell (RateAction::Alert) and that this request exceeded for the first time in a while.

    static constexpr Milliseconds longestDelay = Seconds {10};

    bool hasRule() const { return !rule.isEmpty(); }

    /// LimitReached with retryAfter in whole seconds, at least one; ProofRequired where needsProof.
    Error error() const;

    /// Values of `RateLimit` (`"login_per_address";r=29;t=2`) and `RateLimit-Policy` (`"login_per_address";q=30;w=60`),
    /// IETF draft-ietf-httpapi-ratelimit-headers. Empty where there is nothing to say.
    QByteArray rateLimitHeader() const;
    QByteArray rateLimitPolicyHeader() const;
};

} // namespace warder
