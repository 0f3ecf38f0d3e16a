#pragma once

#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/DistinctCount.h"
#include "core/ratelimit/HeldBack.h"
#include "core/ratelimit/LimitedName.h"

#include <array>
#include <functional>
#include <mutex>

namespace warder {

/// A denial, as HeldBack shows it.
struct Denial
{
    int rule = 0;
    QString address;
    QString account;
    QString tried;
    bool isSignIn = false;
    Milliseconds retryAfter {0};
};

/// Who was held back in the last 24 hours, at most `most`: who is free again is forgotten first. Any thread; in shards, so that the
/// denials of a flood seldom wait for each other.
class HeldBackMemory final
{
public:
    static constexpr size_t most = 10'000;
    static constexpr std::chrono::hours kept {24};

    void add(const Denial &denial, TimePoint now);
    /// What a former run says of a wait that goes on.
    void remember(int rule, const KeptWait &wait, TimePoint now);

    /// Those whose wait is not over for longer than `window`, longest still to wait first. `nameOf` says how a rule is called.
    QList<HeldBack> all(Seconds window, TimePoint now, const std::function<QString(int)> &nameOf) const;
    /// The rules of that pair.
    QList<int> remove(const QString &address, const QString &account);

private:
    static constexpr size_t shardCount = 16;
    struct RuleWait
    {
        int rule = 0;
        TimePoint until;
    };
    struct Entry
    {
        TimePoint since;
        TimePoint until;
        QList<RuleWait> waits = {}; ///< One a rule.
        qint64 denials = 0;
        qint64 signIns = 0;
        QStringList tried = {};
        DistinctCount accounts = {};
    };
    struct Shard
    {
        mutable std::mutex mutex;
        BoundedMap<LimitedName, Entry, LimitedNameHash> entries {most / shardCount}; ///< Under the mutex.
    };

    static Keep judge(const Entry &entry, TimePoint now);
    static void noteWait(Entry &entry, int rule, TimePoint until);
    static void noteTried(Entry &entry, const QString &tried);
    Shard &shardOf(const LimitedName &pair) { return m_shards[LimitedNameHash()(pair) % shardCount]; }

    std::array<Shard, shardCount> m_shards;
};

} // namespace warder
