#pragma once

#include "core/ratelimit/Gcra.h"
#include "core/ratelimit/RateRule.h"

namespace warder {

/// Which bucket: a keyed hash of the rule and of whom it counts. Of fixed size, so that a bucket costs the same whatever a client types.
struct BucketKey
{
    quint64 first = 0;
    quint64 second = 0;

    bool operator==(const BucketKey &) const = default;
};

struct BucketKeyHash
{
    size_t operator()(const BucketKey &key) const { return size_t(key.first); }
};

/// A rule that counts requests, ready to be asked. A value; any thread.
struct CompiledRule
{
    RateRule rule;
    quint64 seed = 0; ///< Of its buckets' keys: of name and key, so that an edit of the numbers keeps them.
    int number = 0;   ///< LimiterStatistics::ruleNumber()
    std::chrono::microseconds patience {0};
    std::chrono::microseconds tolerance {0}; ///< Who owes more than that is over the limit.

    /// `rule` must be on.
    static CompiledRule from(const RateRule &rule, int number, size_t hashSeed);

    /// It never holds anybody back.
    bool tellsOnly() const { return rule.action == RateAction::Alert; }
};

} // namespace warder
