#pragma once

#include "core/base/Clock.h"
#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/BucketKeys.h"

#include <QList>

#include <mutex>

namespace warder {

/// A bucket that is, or was, over its limit, with the names for it that the bucket itself does not hold.
struct HeldBucket
{
    QString rule;
    int ruleNumber = 0;
    BucketKey key;
    CountedTexts who;
    bool outlives = true; ///< A restart: the texts lead back to the bucket.
    TimePoint since;
    TimePoint until;
    qint64 denials = 0;
};

/// Which buckets deny, so that an admin can empty them and a restart can be outlived. At most 10 000: who is free again is forgotten
/// first. Any thread.
class HeldBuckets final
{
public:
    static constexpr size_t most = 10'000;

    /// A denial more; `since` and `denials` are those of the stretch that it belongs to.
    void note(HeldBucket held, TimePoint now);
    /// One of a former run.
    void restore(const HeldBucket &held, TimePoint now);

    /// All that still deny.
    QList<HeldBucket> held(TimePoint now) const;
    /// Forgets those of a pair and says which they were.
    QList<HeldBucket> take(const CountedTexts &who);

private:
    mutable std::mutex m_mutex;
    BoundedMap<BucketKey, HeldBucket, BucketKeyHash> m_held {most}; ///< Under the mutex.
};

} // namespace warder
