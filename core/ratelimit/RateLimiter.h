#pragma once

#include "core/ratelimit/DecisionRecord.h"
#include "core/ratelimit/LimiterStatistics.h"
#include "core/ratelimit/NetworkRule.h"
#include "core/ratelimit/RateDecision.h"
#include "core/ratelimit/RateHistory.h"
#include "core/ratelimit/RateRule.h"
#include "core/ratelimit/RateSubject.h"
#include "core/ratelimit/RuleFaults.h"

#include <memory>

namespace warder {

class LoginBackoff;
struct BucketAsk;

struct LimiterPolicy
{
    size_t capacity = 200'000; ///< Buckets: 36 bytes each. `rate_limit.buckets`
    size_t recorded = 200'000; ///< Decisions that *What if* can replay: 32 bytes each. `rate_limit.recorded`

    static LimiterPolicy from(const Settings &settings);
};

/// Says whether a request may go on, by the rules of its route. Buckets live in memory, in shards with a lock each, never more than
/// `capacity`; who must wait is never forgotten for somebody who need not. Any thread; takes less than a microsecond, allocates nothing
/// where nobody is refused, and waits for nothing but a shard.
class RateLimiter final
{
public:
    /// `backoff` has its rules from here, and shows in heldBack(); both begin with `rules` (names are unique).
    RateLimiter(const QList<RateRule> &rules, LoginBackoff &backoff, const LimiterPolicy &policy = {});
    ~RateLimiter();

    /// A small number for a route, the same for the same title for as long as this lives; of all groups the last one said counts. Not in
    /// the way of a request: once a route when a pipeline is made.
    int routeNumber(const LimitedRoute &route);
    QList<LimitedRoute> routes() const;

    /// Asks the networks, then every enabled rule of requests for the route that the subject has a key for. Only if all allow is the
    /// request counted in any (a delayed one is allowed; of rules that only tell, those that allow it count it). Call once a request,
    /// with all that is known about it. A number that routeNumber() never gave has no rules.
    RateDecision check(const RateSubject &subject, int route, TimePoint now);

    /// Blocked: nothing may be answered to that address. To be asked before check(), for every route but health. Null: it is not. Good
    /// until this thread asks a limiter again.
    const NetworkRule *blocked(const QHostAddress &address, TimePoint now) const;

    /// What became of a request that check() let through to where passwords are looked at; *What if* tells of it.
    void noteSignIn(const RateSubject &subject, int route, bool succeeded, TimePoint now);

    /// The rules from now on, on all threads at once: whose check() begins afterwards is judged by them. Buckets of rules that keep name
    /// and key stay as they are. Those of the back-off are told to it.
    void setRules(const QList<RateRule> &rules);
    QList<RateRule> rules() const;
    /// The networks from now on, for the back-off as well.
    void setNetworks(const QList<NetworkRule> &networks);

    /// See LimiterStatistics, which the back-off writes as well.
    LimiterStatistics &statistics() { return m_statistics; }
    const DecisionRecord &record() const { return m_record; }

    /// Who is held back now, or was within `window`; those of the back-off among them; longest still to wait first. Whose rules are all
    /// off or gone, or whose network is exempt by now, waits no longer.
    QList<HeldBack> heldBack(Seconds window, TimePoint now) const;

    /// How full the fullest bucket of a rule is now: 0–1, for a load bar; who has to wait fills it. 0 of a rule that is off, or
    /// counts something else than requests.
    double loadOf(const QString &rule, TimePoint now) const;

    /// Lets go on at once whom heldBack() shows with that address and account: by all rules that hold either back. False if there is none.
    bool unblock(const QString &address, const QString &account, TimePoint now);

    /// What outlives a restart: waits of more than a minute, but for those of sessions. restore() before the first request.
    QList<KeptWait> waitsToKeep(TimePoint now) const;
    void restore(const QList<KeptWait> &waits, TimePoint now);

private:
    struct Private;
    void tellDenied(const BucketAsk &ask, const RateSubject &subject, bool isSignIn, TimePoint now);
    void tellAllowed(const BucketAsk &ask, RateDecision &decision, TimePoint now);

    std::unique_ptr<Private> d;
    LimiterStatistics m_statistics;
    DecisionRecord m_record;
};

} // namespace warder
