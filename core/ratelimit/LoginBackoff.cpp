#include "core/ratelimit/LoginBackoff.h"

#include "core/config/Settings.h"
#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/LimitedName.h"
#include "core/ratelimit/RateSubject.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestAccount = 320; ///< Of RFC 5321; what is longer is no e-mail and shares one key.

struct Failures
{
    int count = 0;
    TimePoint last;
    LimitedKey limited;
};

} // namespace

struct LoginBackoff::Private
{
    using Map = BoundedMap<LimitedName, Failures, LimitedNameHash>;

    explicit Private(const BackoffPolicy &given) : policy(given) {}

    static LimitedName pairName(const QHostAddress &address, const QString &account)
    {
        return {addressRule, countedAddressText(address) + u' ' + account.left(longestAccount)};
    }
    static LimitedName accountName(const QString &account) { return {accountRule, account.left(longestAccount)}; }

    bool isForgotten(const Failures &each, TimePoint now) const { return each.last + policy.memory <= now; }

    /// No wait is longer than the policy says, whatever the clock did.
    TimePoint untilOf(const Failures &failures, TimePoint now) const
    {
        return std::min(failures.limited.until, now + policy.longest);
    }

    void fail(Map &map, const LimitedName &name, int free, TimePoint now)
    {
        Failures &failures = map.touch(name, [&](const Failures &each) { return isForgotten(each, now); });
        if (isForgotten(failures, now))
            failures = {};
        failures.last = now;
        failures.count = std::min(failures.count + 1, 1'000'000);
        const Seconds wait = waitAfter(failures.count, free, policy.longest);
        if (wait == Seconds {0})
            return;
        const bool first = failures.limited.rule.isEmpty();
        failures.limited = {.rule = name.rule, .key = name.key, .since = first ? now : failures.limited.since,
                            .until = now + wait, .denials = failures.limited.denials};
    }

    /// The wait that stands, counting the denial.
    Milliseconds waitOf(Map &map, const LimitedName &name, TimePoint now)
    {
        Failures *failures = map.find(name);
        if (!failures || untilOf(*failures, now) <= now)
            return Milliseconds {0};
        ++failures->limited.denials;
        return untilOf(*failures, now) - now;
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
    Map pairs {policy.capacity / 2};
    Map accounts {policy.capacity / 2};
};

BackoffPolicy backoffPolicyFrom(const Settings &settings)
{
    BackoffPolicy policy;
    policy.enabled = settings.boolean("rate_limit.enabled"_L1) && settings.boolean("rate_limit.login_backoff"_L1);
    policy.longest = settings.seconds("rate_limit.login_backoff_longest"_L1);
    return policy;
}

Seconds waitAfter(int failures, int free, Seconds longest)
{
    const int paid = failures - free;
    return paid <= 0 ? Seconds {0} : std::min(longest, Seconds {qint64 {1} << std::min(paid - 1, 30)});
}

LoginBackoff::LoginBackoff(const BackoffPolicy &policy) : d(std::make_unique<Private>(policy)) {}
LoginBackoff::~LoginBackoff() = default;

RateDecision LoginBackoff::check(const QHostAddress &address, const QString &accountKey, bool knownAddress, TimePoint now)
{
    if (!d->policy.enabled)
        return {};
    const std::scoped_lock lock(d->mutex);
    const auto own = d->waitOf(d->pairs, Private::pairName(address, accountKey), now);
    const auto shared = knownAddress ? Milliseconds {0} : d->waitOf(d->accounts, Private::accountName(accountKey), now);
    const auto wait = std::max(own, shared);
    if (wait == Milliseconds {0})
        return {};
    return {.allowed = false, .rule = own >= shared ? addressRule : accountRule, .retryAfter = wait, .resetAfter = wait};
}

void LoginBackoff::failed(const QHostAddress &address, const QString &accountKey, bool knownAddress, TimePoint now)
{
    if (!d->policy.enabled)
        return;
    const std::scoped_lock lock(d->mutex);
    d->fail(d->pairs, Private::pairName(address, accountKey), d->policy.freePerAddress, now);
    if (!knownAddress)
        d->fail(d->accounts, Private::accountName(accountKey), d->policy.freePerAccount, now);
}

void LoginBackoff::succeeded(const QHostAddress &address, const QString &accountKey, bool knownAddress, TimePoint)
{
    const std::scoped_lock lock(d->mutex);
    d->pairs.remove(Private::pairName(address, accountKey));
    if (!knownAddress)
        d->accounts.remove(Private::accountName(accountKey));
}

QList<LimitedKey> LoginBackoff::limitedNow(TimePoint now) const
{
    QList<LimitedKey> all;
    {
        const std::scoped_lock lock(d->mutex);
        d->collect(d->pairs, now, all);
        d->collect(d->accounts, now, all);
    }
    std::ranges::sort(all, std::greater {}, &LimitedKey::until);
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

int LoginBackoff::unblockAll(TimePoint now)
{
    const auto shown = limitedNow(now).size();
    const std::scoped_lock lock(d->mutex);
    d->pairs.clear();
    d->accounts.clear();
    return int(shown);
}

size_t LoginBackoff::size() const
{
    const std::scoped_lock lock(d->mutex);
    return d->pairs.size() + d->accounts.size();
}

} // namespace warder
