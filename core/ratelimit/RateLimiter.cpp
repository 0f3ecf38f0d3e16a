#include "core/ratelimit/RateLimiter.h"

#include "core/config/Settings.h"
#include "core/ratelimit/AlertMemory.h"
#include "core/ratelimit/BucketKeys.h"
#include "core/ratelimit/HeldBuckets.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateBuckets.h"
#include "core/ratelimit/RuleSet.h"

#include <QSet>
#include <QVarLengthArray>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <tuple>
#include <vector>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::chrono::minutes keptFrom {1}; ///< Shorter waits do not outlive a restart.

using Asked = QVarLengthArray<BucketAsk, 16>;

/// Whether `a` ties the client more than `b`.
bool isTighter(const BucketAsk &a, const BucketAsk &b)
{
    const auto ties = [](const BucketAsk &ask) {
        const GcraDecision &is = ask.decision;
        return std::tuple(ask.isPassed(), ask.rule->tellsOnly(), -is.retryAfter, is.remaining, -is.waitFirst);
    };
    return ties(a) < ties(b);
}

bool isExempt(const NetworkTable &networks, const QHostAddress &address, TimePoint now)
{
    const NetworkRule *rule = networks.find(address, now);
    return rule && rule->standing == NetworkStanding::Exempt;
}

/// The whole of an address or network, as HeldBack writes it.
bool isExempt(const NetworkTable &networks, const QString &held, TimePoint now)
{
    const auto network = networks.isEmpty() ? std::nullopt : parseNetwork(held);
    const NetworkRule *rule = network ? networks.find(network->address, now) : nullptr;
    if (!rule || rule->standing != NetworkStanding::Exempt)
        return false;
    const auto exempt = parseNetwork(rule->network);
    return exempt && exempt->bits <= network->bits;
}

/// The names of those that can hold somebody back.
QSet<QString> holding(const QList<RateRule> &rules)
{
    QSet<QString> names;
    for (const RateRule &each : rules) {
        if (each.isOn() && each.action != RateAction::Alert)
            names += each.name;
    }
    return names;
}

/// Nothing of a rule that holds nobody back.
RateDecision describe(const BucketAsk &ask)
{
    if (ask.rule->tellsOnly())
        return {};
    const Rate &rate = ask.rule->rule.rate;
    return {
        .allowed = ask.decision.allowed,
        .rule = ask.rule->rule.name,
        .limit = rate.burst,
        .window = std::chrono::ceil<Seconds>(fullSpan(rate)),
        .remaining = ask.decision.remaining,
        .retryAfter = std::chrono::ceil<Milliseconds>(ask.decision.retryAfter),
        .resetAfter = std::chrono::ceil<Milliseconds>(ask.decision.resetAfter),
    };
}

} // namespace

LimiterPolicy LimiterPolicy::from(const Settings &settings)
{
    return {.capacity = size_t(settings.get<"rate_limit.buckets">()), .recorded = size_t(settings.get<"rate_limit.recorded">())};
}

struct RateLimiter::Private
{
    Private(LoginBackoff &theBackoff, const LimiterPolicy &policy) : backoff(theBackoff), buckets(policy.capacity) {}

    /// The newest set; it stays there for this thread until the thread asks again. No lock but after a change.
    const RuleSet &current() const
    {
        thread_local std::shared_ptr<const RuleSet> mine;
        if (!mine || mine->generation() != generation.load(std::memory_order_acquire)) {
            const std::scoped_lock lock(mutex);
            mine = published;
        }
        return *mine;
    }

    /// The mutex is held.
    void publish(LimiterStatistics &statistics)
    {
        std::vector<CompiledRule> compiled;
        for (const RateRule &rule : std::as_const(rules)) {
            const int number = statistics.ruleNumber(rule.name);
            if (rule.counts != RateCount::Requests || !rule.isOn())
                continue;
            buckets.makeRoomForRule(number);
            compiled.push_back(CompiledRule::from(rule, number, keys.seed()));
        }
        published = std::make_shared<const RuleSet>(rules, std::move(compiled), routes, networks);
        generation.store(published->generation(), std::memory_order_release);
    }

    Asked askedBy(const RuleSet &set, const RateSubject &subject, int route) const
    {
        Asked asked;
        for (const CompiledRule *rule : set.of(route)) {
            if (const auto key = keys.of(*rule, subject))
                asked.append({.rule = rule, .key = *key});
        }
        return asked;
    }

    void noteDenied(const BucketAsk &ask, const CountedTexts &who, TimePoint now)
    {
        held.note({.rule = ask.rule->rule.name,
                   .ruleNumber = ask.rule->number,
                   .key = ask.key,
                   .who = who,
                   .outlives = ask.rule->rule.key != RateKey::Session,
                   .since = now,
                   .until = now + std::chrono::ceil<Milliseconds>(ask.decision.retryAfter)},
                  now);
    }

    /// Whether there is a bucket for it.
    bool restore(const CompiledRule &rule, const KeptWait &wait, TimePoint now)
    {
        const auto key = keys.ofTexts(rule, wait.address, wait.account);
        if (!key || wait.until <= now)
            return false;
        buckets.put(rule, *key, MicroTime(std::chrono::microseconds(wait.count)), now);
        held.restore({.rule = wait.rule,
                      .ruleNumber = rule.number,
                      .key = *key,
                      .who = {.address = wait.address, .account = wait.account},
                      .since = wait.since,
                      .until = wait.until,
                      .denials = wait.denials},
                     now);
        return true;
    }

    LoginBackoff &backoff;
    const BucketKeys keys;
    RateBuckets buckets;
    HeldBuckets held;
    AlertMemory alerts;
    std::atomic<quint64> generation = 0; ///< Of `published`.
    mutable std::mutex mutex;            ///< Guards what follows.
    QList<RateRule> rules;
    QList<LimitedRoute> routes; ///< By number.
    NetworkTable networks;
    std::shared_ptr<const RuleSet> published;
};

RateLimiter::RateLimiter(const QList<RateRule> &rules, LoginBackoff &backoff, const LimiterPolicy &policy)
    : d(std::make_unique<Private>(backoff, policy)), m_record(policy.recorded)
{
    backoff.adopt(m_statistics);
    setRules(rules);
}

RateLimiter::~RateLimiter() = default;

int RateLimiter::routeNumber(const LimitedRoute &route)
{
    const std::scoped_lock lock(d->mutex);
    const auto found = std::ranges::find(d->routes, route.title, &LimitedRoute::title);
    const int number = int(found - d->routes.begin());
    if (found != d->routes.end() && *found == route)
        return number;
    if (found == d->routes.end())
        d->routes += route;
    else
        found->group = route.group;
    d->publish(m_statistics);
    return number;
}

QList<LimitedRoute> RateLimiter::routes() const
{
    const std::scoped_lock lock(d->mutex);
    return d->routes;
}

void RateLimiter::setRules(const QList<RateRule> &rules)
{
    const std::scoped_lock lock(d->mutex);
    d->rules = rules;
    d->publish(m_statistics);
    d->backoff.setRules(rules);
}

void RateLimiter::setNetworks(const QList<NetworkRule> &networks)
{
    const std::scoped_lock lock(d->mutex);
    d->networks = NetworkTable(networks);
    d->publish(m_statistics);
    d->backoff.setNetworks(d->networks);
}

QList<RateRule> RateLimiter::rules() const { return d->current().rules(); }

const NetworkRule *RateLimiter::blocked(const QHostAddress &address, TimePoint now) const
{
    const NetworkRule *rule = d->current().networks().find(address, now);
    return rule && rule->standing == NetworkStanding::Blocked ? rule : nullptr;
}

RateDecision RateLimiter::check(const RateSubject &subject, int route, TimePoint now)
{
    const RuleSet &set = d->current();
    if (isExempt(set.networks(), subject.address, now))
        return {};
    Asked asked = d->askedBy(set, subject, route);
    d->buckets.judge(asked, now);
    const bool allowed = std::ranges::all_of(asked, &BucketAsk::isPassed);
    if (set.isRecorded(route))
        m_record.add(subject, route, allowed ? RecordedOutcome::Passed : RecordedOutcome::Denied, now);
    if (asked.isEmpty())
        return {};
    RateDecision decision = describe(*std::ranges::min_element(asked, isTighter));
    const bool isSignIn = set.isSignIn(route);
    for (const BucketAsk &each : std::as_const(asked)) {
        if (!allowed)
            tellDenied(each, subject, isSignIn, now);
        else
            tellAllowed(each, decision, now);
    }
    return decision;
}

/// Only those that deny count a denied request.
void RateLimiter::tellDenied(const BucketAsk &ask, const RateSubject &subject, bool isSignIn, TimePoint now)
{
    if (ask.isPassed())
        return;
    const CountedTexts who = countedTexts(ask.rule->rule.key, subject);
    m_statistics.recordDenied(ask.rule->number, ask.key.first, who.address, who.account, subject.accountKey.left(longestAccountKey),
                              isSignIn, std::chrono::ceil<Milliseconds>(ask.decision.retryAfter), now);
    d->noteDenied(ask, who, now);
}

void RateLimiter::tellAllowed(const BucketAsk &ask, RateDecision &decision, TimePoint now)
{
    m_statistics.recordAllowed(ask.rule->number, ask.key.first, now);
    decision.waitFirst = std::max(decision.waitFirst, std::chrono::ceil<Milliseconds>(ask.decision.waitFirst));
    const bool exceeds = !ask.decision.allowed;
    if (exceeds && d->alerts.isNews(*ask.rule, ask.key, now))
        decision.alerts += ask.rule->rule.name;
}

void RateLimiter::noteSignIn(const RateSubject &subject, int route, bool succeeded, TimePoint now)
{
    if (route >= 0 && !isExempt(d->current().networks(), subject.address, now))
        m_record.add(subject, route, succeeded ? RecordedOutcome::SignedIn : RecordedOutcome::SignInFailed, now);
}

QList<HeldBack> RateLimiter::heldBack(Seconds window, TimePoint now) const
{
    const RuleSet &set = d->current();
    const QSet<QString> names = holding(set.rules());
    const auto isFree = [&](const HeldBack &each) {
        return std::ranges::none_of(each.rules, [&names](const QString &rule) { return names.contains(rule); })
               || isExempt(set.networks(), each.address, now);
    };
    QList<HeldBack> held = m_statistics.heldBack(window, now);
    for (HeldBack &each : held) {
        if (each.until > now && isFree(each))
            each.until = now;
    }
    held.removeIf([&](const HeldBack &each) { return each.until + window <= now; });
    std::ranges::stable_sort(held, std::greater {}, &HeldBack::until);
    return held;
}

double RateLimiter::loadOf(const QString &rule, TimePoint now) const
{
    const CompiledRule *compiled = d->current().find(rule);
    if (!compiled)
        return 0;
    const std::chrono::duration<double> owed = d->buckets.fullest(compiled->number) - MicroTime(now);
    return std::clamp(owed / std::chrono::duration<double>(fullSpan(compiled->rule.rate)), 0.0, 1.0);
}

bool RateLimiter::unblock(const QString &address, const QString &account, TimePoint now)
{
    const QStringList shown = m_statistics.forget(address, account, now);
    const QList<HeldBucket> held = d->held.take({.address = address, .account = account});
    for (const HeldBucket &each : held)
        d->buckets.remove(each.key, each.ruleNumber);
    for (const CompiledRule &each : d->current().compiled()) {
        const auto key = shown.contains(each.rule.name) ? d->keys.ofTexts(each, address, account) : std::nullopt;
        if (key)
            d->buckets.remove(*key, each.number);
    }
    const bool backoffHeld = d->backoff.unblock(address, account, now);
    return backoffHeld || !shown.isEmpty() || !held.isEmpty();
}

QList<KeptWait> RateLimiter::waitsToKeep(TimePoint now) const
{
    QList<KeptWait> waits = d->backoff.waitsToKeep(now);
    for (const HeldBucket &each : d->held.held(now + keptFrom)) {
        const auto tat = d->buckets.find(each.key);
        if (tat && each.outlives)
            waits += {.rule = each.rule,
                      .address = each.who.address,
                      .account = each.who.account,
                      .since = each.since,
                      .until = each.until,
                      .count = tat->time_since_epoch().count(),
                      .denials = each.denials};
    }
    return waits;
}

void RateLimiter::restore(const QList<KeptWait> &waits, TimePoint now)
{
    const RuleSet &set = d->current();
    QList<KeptWait> others; // the back-off knows which are its
    for (const KeptWait &each : waits) {
        const CompiledRule *rule = set.find(each.rule);
        if (!rule)
            others += each;
        else if (d->restore(*rule, each, now))
            m_statistics.remember(each, now);
    }
    d->backoff.restore(others, now);
}

} // namespace warder
