#include "core/ratelimit/LoginBackoff.h"

#include "core/config/Settings.h"
#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/Gcra.h"
#include "core/ratelimit/LimitedName.h"
#include "core/ratelimit/RateSubject.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds besideAnother = Seconds {1}; ///< For who comes while the one try that is allowed is being looked at.

struct Failures
{
    int count = 0;
    int inFlight = 0; ///< Let through, and not back yet.
    TimePoint last;
    LimitedKey limited;
    MicroTime newcomers; ///< Of an account: the budget of Gcra.h.
};

/// What makes one map different from another.
struct Counting
{
    int free = 0;
    Seconds longest {0};
    bool strict = false; ///< Tries that are being looked at take away free ones.
};

} // namespace

struct LoginBackoff::Private
{
    using Map = BoundedMap<LimitedName, Failures, LimitedNameHash>;

    explicit Private(const BackoffPolicy &given) : policy(given) {}

    static LimitedName pairName(const LoginTry &one)
    {
        return {addressRule, countedAddressText(one.address) + u' ' + one.account.left(longestAccountKey)};
    }
    static LimitedName accountName(const LoginTry &one) { return {accountRule, one.account.left(longestAccountKey)}; }
    static LimitedName networkName(const LoginTry &one) { return {networkTextOf(one.address), one.account.left(longestAccountKey)}; }

    Counting ofAddress() const { return {.free = policy.freePerAddress, .longest = policy.longest, .strict = false}; }
    Counting ofAccount() const { return {.free = policy.freePerAccount, .longest = policy.longestPerAccount, .strict = true}; }

    bool isForgotten(const Failures &each, TimePoint now) const { return each.last + policy.memory <= now; }
    bool isIdle(const Failures &each, TimePoint now) const { return isForgotten(each, now) && each.inFlight == 0 && each.newcomers <= now; }

    Failures &touch(Map &map, const LimitedName &name, TimePoint now)
    {
        Failures &failures = map.touch(name, [&](const Failures &each) { return isIdle(each, now); });
        if (isForgotten(failures, now))
            failures = {.count = 0, .inFlight = failures.inFlight, .last = now, .limited = {}, .newcomers = failures.newcomers};
        return failures;
    }

    /// No wait is longer than the policy says, whatever the clock did.
    Milliseconds waitOf(const Map &map, const LimitedName &name, const Counting &counting, TimePoint now) const
    {
        const Failures *failures = map.find(name);
        if (!failures)
            return Milliseconds {0};
        const auto wait = std::min<Milliseconds>(failures->limited.until - now, counting.longest);
        const int counted = failures->count + (counting.strict ? failures->inFlight : 0);
        const bool mustQueue = failures->inFlight > 0 && counted > counting.free;
        return std::max({wait, mustQueue ? besideAnother : Milliseconds {0}, Milliseconds {0}});
    }

    void fail(Map &map, const LimitedName &name, const Counting &counting, TimePoint now)
    {
        Failures &failures = touch(map, name, now);
        failures.last = now;
        failures.count = std::min(failures.count + 1, 1'000'000);
        const Seconds wait = waitAfter(failures.count, counting.free, counting.longest);
        if (wait == Seconds {0})
            return;
        const bool first = failures.limited.rule.isEmpty();
        failures.limited = {.rule = name.rule,
                            .key = name.key,
                            .since = first ? now : failures.limited.since,
                            .until = now + wait,
                            .denials = failures.limited.denials};
    }

    void deny(Map &map, const LimitedName &name)
    {
        if (Failures *failures = map.find(name))
            ++failures->limited.denials;
    }

    void begin(Map &map, const LimitedName &name, TimePoint now) { ++touch(map, name, now).inFlight; }

    void end(Map &map, const LimitedName &name)
    {
        if (Failures *failures = map.find(name))
            failures->inFlight = std::max(failures->inFlight - 1, 0);
    }

    /// Takes a try of the network and one of the account's budget; the wait if there is none.
    Milliseconds waitOfNewcomer(const LoginTry &one, TimePoint now)
    {
        Failures &network = touchNetwork(one, now);
        Failures &account = touch(accounts, accountName(one), now);
        const auto decision = decide(account.newcomers, policy.newcomers, now);
        if (network.count >= policy.triesOfNewcomer)
            return policy.longestPerAccount;
        if (!decision.allowed)
            return std::chrono::ceil<Milliseconds>(decision.retryAfter);
        account.newcomers = decision.tat;
        ++network.count;
        return Milliseconds {0};
    }

    void giveBack(const LoginTry &one)
    {
        if (Failures *account = accounts.find(accountName(one)))
            account->newcomers -= emissionInterval(policy.newcomers);
        if (Failures *network = networks.find(networkName(one)))
            --network->count;
    }

    Failures &touchNetwork(const LoginTry &one, TimePoint now)
    {
        const auto isOld = [&](const Failures &each) { return each.last + policy.newcomerMemory <= now; };
        Failures &network = networks.touch(networkName(one), isOld);
        if (isOld(network))
            network = {};
        network.last = now;
        return network;
    }

    void endBoth(const LoginTry &one)
    {
        end(pairs, pairName(one));
        if (!one.knownAddress)
            end(accounts, accountName(one));
    }

    void collect(const Map &map, TimePoint now, QList<LimitedKey> &to) const
    {
        for (const auto &[name, failures] : map) {
            if (failures.limited.until > now)
                to += failures.limited;
        }
    }

    const BackoffPolicy policy;
    mutable std::mutex mutex;
    Map pairs {policy.capacity / 3};
    Map accounts {policy.capacity / 3};
    Map networks {policy.capacity / 3};
};

BackoffPolicy BackoffPolicy::from(const Settings &settings)
{
    BackoffPolicy policy;
    policy.enabled = settings.get<"rate_limit.enabled">() && settings.get<"rate_limit.login_backoff">();
    policy.longest = settings.get<"rate_limit.login_backoff_longest">();
    policy.longestPerAccount = 4 * policy.longest;
    return policy;
}

Seconds waitAfter(int failures, int free, Seconds longest)
{
    const int paid = failures - free;
    return paid <= 0 ? Seconds {0} : std::min(longest, Seconds {qint64 {1} << std::min(paid - 1, 30)});
}

LoginBackoff::LoginBackoff(const BackoffPolicy &policy) : d(std::make_unique<Private>(policy)) {}
LoginBackoff::~LoginBackoff() = default;

RateDecision LoginBackoff::check(LoginTry &one, TimePoint now)
{
    if (!d->policy.enabled)
        return {};
    const std::scoped_lock lock(d->mutex);
    const LimitedName pair = Private::pairName(one);
    const LimitedName account = Private::accountName(one);
    const auto own = d->waitOf(d->pairs, pair, d->ofAddress(), now);
    auto shared = one.knownAddress ? Milliseconds {0} : d->waitOf(d->accounts, account, d->ofAccount(), now);
    if (own == Milliseconds {0} && shared > Milliseconds {0}) {
        shared = std::min(shared, d->waitOfNewcomer(one, now));
        one.newcomer = shared == Milliseconds {0};
    }
    if (const auto wait = std::max(own, shared); wait > Milliseconds {0}) {
        if (own > Milliseconds {0})
            d->deny(d->pairs, pair);
        if (shared > Milliseconds {0})
            d->deny(d->accounts, account);
        return {.allowed = false, .rule = own >= shared ? addressRule : accountRule, .retryAfter = wait, .resetAfter = wait};
    }
    d->begin(d->pairs, pair, now);
    if (!one.knownAddress)
        d->begin(d->accounts, account, now);
    return {};
}

void LoginBackoff::failed(const LoginTry &one, TimePoint now)
{
    if (!d->policy.enabled)
        return;
    const std::scoped_lock lock(d->mutex);
    d->endBoth(one);
    d->fail(d->pairs, Private::pairName(one), d->ofAddress(), now);
    if (one.knownAddress || one.newcomer) // a newcomer has paid already
        return;
    d->fail(d->accounts, Private::accountName(one), d->ofAccount(), now);
    ++d->touchNetwork(one, now).count;
}

void LoginBackoff::succeeded(const LoginTry &one, TimePoint now)
{
    excused(one, now);
    const std::scoped_lock lock(d->mutex);
    d->pairs.remove(Private::pairName(one));
    d->networks.remove(Private::networkName(one));
}

void LoginBackoff::excused(const LoginTry &one, TimePoint)
{
    const std::scoped_lock lock(d->mutex);
    d->endBoth(one);
    if (one.newcomer)
        d->giveBack(one);
}

QList<LimitedKey> LoginBackoff::limitedNow(TimePoint now) const
{
    QList<LimitedKey> all;
    const std::scoped_lock lock(d->mutex);
    d->collect(d->pairs, now, all);
    d->collect(d->accounts, now, all);
    return all;
}

bool LoginBackoff::unblock(const QString &rule, const QString &key, TimePoint now)
{
    const std::scoped_lock lock(d->mutex);
    auto &map = rule == accountRule ? d->accounts : d->pairs;
    const Failures *failures = map.find({rule, key});
    const bool shown = failures && failures->limited.until > now;
    return shown && map.remove({rule, key});
}

} // namespace warder
