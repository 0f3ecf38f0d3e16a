#include "core/ratelimit/RateLimiter.h"

#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/Gcra.h"
#include "core/ratelimit/LoginBackoff.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr size_t shardCount = 16;

/// Of fixed size, so that a bucket costs the same whatever a client types.
struct BucketKey
{
    qsizetype rule = 0;
    std::array<char, 16> who {};

    bool operator==(const BucketKey &) const = default;
};

struct BucketKeyHash
{
    size_t operator()(const BucketKey &key) const
    {
        return qHashBits(key.who.data(), key.who.size(), QHashSeed::globalSeed() ^ size_t(key.rule));
    }
};

BucketKey bucketKey(qsizetype rule, const QString &who)
{
    const QByteArray digest = QCryptographicHash::hash(who.toUtf8(), QCryptographicHash::Blake2s_128);
    BucketKey key {.rule = rule, .who = {}};
    std::memcpy(key.who.data(), digest.constData(), key.who.size());
    return key;
}

/// Whom the rule counts in this subject; nothing if the subject has no such key.
std::optional<QString> whoFor(RateKey key, const RateSubject &subject)
{
    const QString account = subject.accountKey.left(longestAccountKey);
    switch (key) {
    case RateKey::Address: return countedAddressText(subject.address);
    case RateKey::Account: return account.isEmpty() ? std::nullopt : std::optional(account);
    case RateKey::AddressAndAccount:
        return account.isEmpty() ? std::nullopt : std::optional(countedAddressText(subject.address) + u' ' + account);
    case RateKey::Session: return subject.session.isNull() ? std::nullopt : std::optional(subject.session.toString());
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

QStringList ruleNames(const QList<RateRule> &rules)
{
    QStringList names;
    for (const RateRule &rule : rules)
        names += rule.name;
    return names;
}

/// Whether `a` ties the client more than `b`.
bool isTighter(const GcraDecision &a, const GcraDecision &b)
{
    if (a.allowed != b.allowed)
        return !a.allowed;
    return a.allowed ? a.remaining < b.remaining : a.retryAfter > b.retryAfter;
}

RateDecision describe(const RateRule &rule, const GcraDecision &decision)
{
    return {
        .allowed = decision.allowed,
        .rule = rule.name,
        .limit = rule.rate.burst,
        .window = std::chrono::ceil<Seconds>(emissionInterval(rule.rate) * rule.rate.burst),
        .remaining = decision.remaining,
        .retryAfter = std::chrono::ceil<Milliseconds>(decision.retryAfter),
        .resetAfter = std::chrono::ceil<Milliseconds>(decision.resetAfter),
    };
}

} // namespace

struct RateLimiter::Shard
{
    using Buckets = BoundedMap<BucketKey, MicroTime, BucketKeyHash>;

    mutable std::mutex mutex;
    Buckets buckets {1};
};

/// One rule that a request must pass.
struct RateLimiter::Asked
{
    const RateRule *rule = nullptr;
    QString who;
    BucketKey key;
    size_t shard = 0;
    GcraDecision decision;
};

RateLimiter::RateLimiter(const QList<RateRule> &rules, LoginBackoff &backoff, size_t capacity)
    : m_rules(rules), m_backoff(backoff), m_statistics(ruleNames(rules)), m_shards(std::make_unique<Shard[]>(shardCount))
{
    for (size_t i = 0; i < shardCount; ++i)
        m_shards[i].buckets = Shard::Buckets(capacity / shardCount);
}

RateLimiter::~RateLimiter() = default;

QList<RateLimiter::Asked> RateLimiter::askedBy(const RateSubject &subject, QLatin1StringView route) const
{
    QList<Asked> asked;
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        const RateRule &rule = m_rules[i];
        const bool applies = rule.enabled && !rule.rate.isOff() && rule.route == route;
        const auto who = applies ? whoFor(rule.key, subject) : std::nullopt;
        if (!who)
            continue;
        const BucketKey key = bucketKey(i, *who);
        asked += {.rule = &rule, .who = *who, .key = key, .shard = BucketKeyHash()(key) % shardCount, .decision = {}};
    }
    return asked;
}

RateDecision RateLimiter::check(const RateSubject &subject, QLatin1StringView route, TimePoint now)
{
    auto asked = askedBy(subject, route);
    if (asked.isEmpty())
        return {};
    judge(asked, now);
    const bool allowed = std::ranges::all_of(asked, [](const Asked &each) { return each.decision.allowed; });
    for (const Asked &each : std::as_const(asked)) {
        if (allowed)
            m_statistics.recordAllowed(each.rule->name, now);
        else if (!each.decision.allowed)
            m_statistics.recordDenied(each.rule->name, each.who, std::chrono::ceil<Milliseconds>(each.decision.retryAfter), now);
    }
    const auto tightest = std::ranges::min_element(asked, isTighter, &Asked::decision);
    return describe(*tightest->rule, tightest->decision);
}

void RateLimiter::judge(QList<Asked> &asked, TimePoint now)
{
    // All shards of the request at once, in one order for all, so that two requests never wait for each other.
    std::array<std::unique_lock<std::mutex>, shardCount> locks;
    std::array<bool, shardCount> wanted {};
    for (const Asked &each : std::as_const(asked))
        wanted[each.shard] = true;
    for (size_t i = 0; i < shardCount; ++i) {
        if (wanted[i])
            locks[i] = std::unique_lock(m_shards[i].mutex);
    }
    bool allowed = true;
    for (Asked &each : asked) {
        const MicroTime *tat = m_shards[each.shard].buckets.find(each.key);
        each.decision = decide(tat ? *tat : MicroTime {}, each.rule->rate, now);
        allowed = allowed && each.decision.allowed;
    }
    const auto isIdle = [now](MicroTime tat) { return tat <= now; };
    for (const Asked &each : std::as_const(asked)) {
        if (allowed || !each.decision.allowed)
            m_shards[each.shard].buckets.touch(each.key, isIdle) = each.decision.tat;
    }
}

QList<RatePoint> RateLimiter::history(const QString &rule, Seconds window, TimePoint now) const
{
    return m_statistics.history(rule, window, now);
}

QList<RatePoint> RateLimiter::lastTenMinutes(const QString &rule, TimePoint now) const
{
    constexpr std::chrono::minutes minute {1};
    QList<RatePoint> minutes;
    for (int ago = 10; ago > 0; --ago)
        minutes += {.from = now - ago * minute};
    for (const RatePoint &second : history(rule, 10 * minute, now)) {
        RatePoint &its = minutes[std::clamp<qsizetype>(9 - (now - second.from) / minute, 0, 9)];
        its.allowed += second.allowed;
        its.denied += second.denied;
    }
    return minutes;
}

QList<LimitedKey> RateLimiter::limitedNow(TimePoint now) const
{
    QList<LimitedKey> all = m_statistics.limitedNow(now) + m_backoff.limitedNow(now);
    std::ranges::sort(all, std::greater {}, &LimitedKey::until);
    return all;
}

bool RateLimiter::unblock(const QString &rule, const QString &key, TimePoint now)
{
    if (m_backoff.unblock(rule, key, now))
        return true;
    if (!m_statistics.forget(rule, key, now))
        return false;
    dropBucket(rule, key);
    return true;
}

void RateLimiter::dropBucket(const QString &rule, const QString &key)
{
    const auto found = std::ranges::find(m_rules, rule, &RateRule::name);
    const BucketKey bucket = bucketKey(found - m_rules.begin(), key);
    Shard &shard = m_shards[BucketKeyHash()(bucket) % shardCount];
    const std::scoped_lock lock(shard.mutex);
    shard.buckets.remove(bucket);
}

} // namespace warder
