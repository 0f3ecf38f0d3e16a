#pragma once

#include "core/ratelimit/LimiterStatistics.h"
#include "core/ratelimit/RateDecision.h"
#include "core/ratelimit/RateHistory.h"
#include "core/ratelimit/RateRule.h"
#include "core/ratelimit/RateSubject.h"

#include <memory>

namespace warder {

class LoginBackoff;

/// Says whether a request may go on, by the rules of its route. Buckets live in memory, in shards with a lock each, at most
/// `capacity` of them: one that nobody used for its window costs nothing to forget, and if all are in use the longest
/// untouched goes. Any thread; takes microseconds; never waits for anything but a shard.
class RateLimiter final
{
public:
    static constexpr size_t defaultCapacity = 200'000;

    /// Names of rules are unique. The back-off shows in limitedNow() and obeys unblock(), nothing else.
    RateLimiter(const QList<RateRule> &rules, LoginBackoff &backoff, size_t capacity = defaultCapacity);
    ~RateLimiter();

    /// Asks every enabled rule of the route (its tag: "login") that the subject has a key for. Only if all allow is the
    /// request counted in any. Call once a request, with all that is known about it.
    RateDecision check(const RateSubject &subject, QLatin1StringView route, TimePoint now);

    const QList<RateRule> &rules() const { return m_rules; }

    /// See LimiterStatistics. An empty rule: all together.
    QList<RatePoint> history(const QString &rule, Seconds window, TimePoint now) const;
    /// Ten points, a minute each; the last minute ends now.
    QList<RatePoint> lastTenMinutes(const QString &rule, TimePoint now) const;
    qint64 denials(const QString &rule) const { return m_statistics.denials(rule); }
    QList<LimitedKey> limitedNow(TimePoint now) const; ///< Those of the back-off among them; longest still to wait first.

    /// Lets one that limitedNow() shows go on at once, with a fresh bucket. False if it shows no such one.
    bool unblock(const QString &rule, const QString &key, TimePoint now);

private:
    struct Shard;
    struct Asked;
    QList<Asked> askedBy(const RateSubject &subject, QLatin1StringView route) const;
    void judge(QList<Asked> &asked, TimePoint now);
    void dropBucket(const QString &rule, const QString &key);

    QList<RateRule> m_rules;
    LoginBackoff &m_backoff;
    LimiterStatistics m_statistics;
    std::unique_ptr<Shard[]> m_shards;
};

} // namespace warder
