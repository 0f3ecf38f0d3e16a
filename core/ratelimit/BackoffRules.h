#pragma once

#include "core/ratelimit/FailureMap.h"
#include "core/ratelimit/RateRule.h"
#include "core/ratelimit/StuffedNetworks.h"

namespace warder {

/// What the rules that count wrong passwords and accounts say, in the form that LoginBackoff asks for. A value.
struct BackoffRules
{
    Backoff address;
    Backoff account;
    Backoff code;
    StuffingRule stuffing;
    bool isProofOn = false;
    qint64 proofAfter = 100;

    bool isAny() const { return address.isOn || account.isOn || code.isOn || stuffing.isOn || isProofOn; }

    /// Others are left out; those that are missing are off.
    static BackoffRules from(const QList<RateRule> &rules);
};

} // namespace warder
