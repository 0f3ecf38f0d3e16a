#include "core/ratelimit/RateBuckets.h"

#include "core/base/BriefMutex.h"

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <vector>

namespace warder {
namespace {

using std::chrono::microseconds;

constexpr size_t shardCount = 64; // a bit each in a quint64
constexpr size_t ways = 8;
constexpr size_t sparesOfSet = 4;
constexpr microseconds backStep = std::chrono::minutes {1}; ///< Threads differ by less: the clock was set back.

struct Bucket
{
    BucketKey key;
    MicroTime tat;
    microseconds tolerance {0}; ///< Of its rule, when it was last asked.

    bool isIdle(MicroTime now) const { return tat <= now; }
    bool isOver(MicroTime now) const { return tat > now + tolerance; }
};
static_assert(sizeof(Bucket) == 32);

struct BucketSet
{
    std::array<Bucket, ways> buckets;
    std::array<MicroTime, sparesOfSet> spares {};

    Bucket *find(const BucketKey &key)
    {
        const auto found = std::ranges::find(buckets, key, &Bucket::key);
        return found == buckets.end() ? nullptr : &*found;
    }

    /// Whose place a newcomer may take; null where all are over their limits.
    Bucket *leastMissed(MicroTime now)
    {
        Bucket *least = nullptr;
        for (Bucket &each : buckets) {
            if (each.isIdle(now))
                return &each;
            if (!each.isOver(now) && (!least || each.tat < least->tat))
                least = &each;
        }
        return least;
    }

    MicroTime &spareOf(const CompiledRule &rule) { return spares[size_t(rule.number) % sparesOfSet]; }

    MicroTime tatOf(const BucketAsk &ask, MicroTime now)
    {
        if (const Bucket *bucket = find(ask.key))
            return bucket->tat;
        return leastMissed(now) ? MicroTime {} : spareOf(*ask.rule);
    }

    void keep(const CompiledRule &rule, const BucketKey &key, MicroTime tat, MicroTime now)
    {
        Bucket *bucket = find(key);
        if (!bucket)
            bucket = leastMissed(now);
        if (bucket) {
            *bucket = {.key = key, .tat = tat, .tolerance = rule.tolerance};
            return;
        }
        MicroTime &spare = spareOf(rule);
        spare = std::max(spare, tat); // two rules may share it: the stricter holds
    }
};

void shift(MicroTime &tat, microseconds by)
{
    if (tat > MicroTime {})
        tat = std::max(tat + by, MicroTime {});
}

} // namespace

struct alignas(64) RateBuckets::Shard
{
    mutable BriefMutex mutex;
    std::vector<BucketSet> sets;    ///< Under the mutex, as all below.
    std::vector<MicroTime> fullest; ///< By the rule's number.
    MicroTime last;

    BucketSet &setOf(const BucketKey &key) { return sets[key.second % sets.size()]; }

    /// Who owes something when the clock is set back owes as much afterwards, no more.
    void follow(MicroTime now)
    {
        if (now + backStep < last) {
            const microseconds by = now - last;
            for (BucketSet &set : sets) {
                for (Bucket &each : set.buckets)
                    shift(each.tat, by);
                for (MicroTime &each : set.spares)
                    shift(each, by);
            }
            for (MicroTime &each : fullest)
                shift(each, by);
            last = now;
        }
        last = std::max(last, now);
    }

    void keep(const CompiledRule &rule, const BucketKey &key, MicroTime tat, MicroTime now)
    {
        setOf(key).keep(rule, key, tat, now);
        MicroTime &most = fullest[size_t(rule.number)];
        most = std::max(most, tat);
    }
};

/// All shards of a request at once, in one order for all, so that two requests never wait for each other.
class RateBuckets::Locks final
{
public:
    Locks(Shard *shards, std::span<const BucketAsk> asked) : m_shards(shards)
    {
        for (const BucketAsk &each : asked)
            m_wanted |= quint64 {1} << (each.key.first % shardCount);
        for (quint64 rest = m_wanted; rest != 0; rest &= rest - 1)
            m_shards[std::countr_zero(rest)].mutex.lock();
    }
    ~Locks()
    {
        for (quint64 rest = m_wanted; rest != 0; rest &= rest - 1)
            m_shards[std::countr_zero(rest)].mutex.unlock();
    }
    Q_DISABLE_COPY_MOVE(Locks)

private:
    Shard *m_shards;
    quint64 m_wanted = 0;
};

RateBuckets::RateBuckets(size_t capacity) : m_shards(std::make_unique<Shard[]>(shardCount))
{
    const size_t sets = std::max<size_t>(capacity / (shardCount * ways), 1);
    for (size_t i = 0; i < shardCount; ++i)
        m_shards[i].sets.resize(sets);
}

RateBuckets::~RateBuckets() = default;

RateBuckets::Shard &RateBuckets::shardOf(const BucketKey &key) const { return m_shards[key.first % shardCount]; }

void RateBuckets::makeRoomForRule(int number)
{
    for (size_t i = 0; i < shardCount; ++i) {
        const std::scoped_lock lock(m_shards[i].mutex);
        if (m_shards[i].fullest.size() <= size_t(number))
            m_shards[i].fullest.resize(size_t(number) + 1);
    }
}

void RateBuckets::judge(std::span<BucketAsk> asked, MicroTime now)
{
    const Locks locks(m_shards.get(), asked);
    bool passed = true;
    for (BucketAsk &each : asked) {
        Shard &shard = shardOf(each.key);
        shard.follow(now);
        each.decision = decide(shard.setOf(each.key).tatOf(each, now), each.rule->rule.rate, now, each.rule->patience);
        passed = passed && each.isPassed();
    }
    for (const BucketAsk &each : asked) {
        if (each.decision.allowed == passed) // who was denied keeps the bucket, by the rule as it is now
            shardOf(each.key).keep(*each.rule, each.key, each.decision.tat, now);
    }
}

std::optional<MicroTime> RateBuckets::find(const BucketKey &key) const
{
    Shard &shard = shardOf(key);
    const std::scoped_lock lock(shard.mutex);
    const Bucket *bucket = shard.setOf(key).find(key);
    return bucket ? std::optional(bucket->tat) : std::nullopt;
}

void RateBuckets::put(const CompiledRule &rule, const BucketKey &key, MicroTime tat, MicroTime now)
{
    Shard &shard = shardOf(key);
    const std::scoped_lock lock(shard.mutex);
    shard.follow(now);
    shard.keep(rule, key, tat, now);
}

void RateBuckets::remove(const BucketKey &key, int ruleNumber)
{
    Shard &shard = shardOf(key);
    const std::scoped_lock lock(shard.mutex);
    if (Bucket *bucket = shard.setOf(key).find(key))
        *bucket = {};
    if (size_t(ruleNumber) < shard.fullest.size())
        shard.fullest[size_t(ruleNumber)] = {};
}

MicroTime RateBuckets::fullest(int ruleNumber) const
{
    MicroTime most;
    for (size_t i = 0; i < shardCount; ++i) {
        const std::scoped_lock lock(m_shards[i].mutex);
        if (size_t(ruleNumber) < m_shards[i].fullest.size())
            most = std::max(most, m_shards[i].fullest[size_t(ruleNumber)]);
    }
    return most;
}

} // namespace warder
