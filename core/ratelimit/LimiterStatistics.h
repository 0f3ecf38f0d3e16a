#pragma once

#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/LimitedName.h"
#include "core/ratelimit/RateHistory.h"

#include <QHash>

#include <mutex>

namespace warder {

/// Somebody who is limited now.
struct LimitedKey
{
    QString rule;
    QString key; ///< Address, account, `address account`, or session id.
    TimePoint since;
    TimePoint until; ///< When the next request would be allowed.
    qint64 denials = 0;

    bool operator==(const LimitedKey &) const = default;
};

/// Counts every decision: by rule and second for ten minutes, by minute for a day; who is limited now
/// (at most 10 000, the longest silent are forgotten first). Any thread. Bounded, whatever the load.
class LimiterStatistics final
{
public:
    explicit LimiterStatistics(const QStringList &rules);

    /// One decision of one rule; `key` is the text for people.
    void recordAllowed(const QString &rule, TimePoint now);
    void recordDenied(const QString &rule, const QString &key, Milliseconds retryAfter, TimePoint now);

    /// Oldest first, without gaps; an empty rule: all together; unknown rule: empty.
    QList<RatePoint> history(const QString &rule, Seconds window, TimePoint now) const;

    /// Of a rule since the start.
    qint64 denials(const QString &rule) const;

    QList<LimitedKey> limitedNow(TimePoint now) const;

    /// Strikes one off the list; says whether limitedNow() showed it.
    bool forget(const QString &rule, const QString &key, TimePoint now);

private:
    static constexpr size_t mostLimited = 10'000;

    mutable std::mutex m_mutex;
    QHash<QString, RateHistory> m_histories;
    BoundedMap<LimitedName, LimitedKey, LimitedNameHash> m_limited {mostLimited};
};

} // namespace warder
