#pragma once

#include "core/ratelimit/CompiledRule.h"

#include <memory>
#include <optional>
#include <span>

namespace warder {

/// One rule that a request must pass.
struct BucketAsk
{
    const CompiledRule *rule = nullptr;
    BucketKey key;
    GcraDecision decision = {}; ///< The answer.

    bool isPassed() const { return decision.allowed || rule->tellsOnly(); }
};

/// The buckets of all rules, in memory that never grows: sets of eight, in shards with a lock each. A newcomer takes an idle place of its
/// set, else the one that owes least, but never that of one who is over a limit. Where all eight are over one, newcomers share a spare
/// bucket (one for each four rules), so that no flood of keys frees an offender or gets through unlimited. Any thread; waits for nothing
/// but a shard.
class RateBuckets final
{
public:
    /// At most so many, but 512 at least; 36 bytes each.
    explicit RateBuckets(size_t capacity);
    ~RateBuckets();

    /// Before a rule of that number (CompiledRule::number) is asked.
    void makeRoomForRule(int number);

    /// Decides all of them at one moment. Only if all are passed is the request counted, in those that allow it.
    void judge(std::span<BucketAsk> asked, MicroTime now);

    /// The theoretical arrival time of a bucket; nothing where there is none.
    std::optional<MicroTime> find(const BucketKey &key) const;
    /// Makes one as if it had been used until `tat`.
    void put(const CompiledRule &rule, const BucketKey &key, MicroTime tat, MicroTime now);
    void remove(const BucketKey &key, int ruleNumber);

    /// The latest theoretical arrival time of the rule's buckets; those that were removed count no more (and with them, until they are
    /// asked again, a few others).
    MicroTime fullest(int ruleNumber) const;

private:
    struct Shard;
    class Locks;
    Shard &shardOf(const BucketKey &key) const;

    std::unique_ptr<Shard[]> m_shards;
};

} // namespace warder
