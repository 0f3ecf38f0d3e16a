#include "core/ratelimit/LimiterStatistics.h"

#include "core/base/BriefMutex.h"
#include "core/ratelimit/HeldBackMemory.h"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace warder {

struct LimiterStatistics::Private
{
    static constexpr size_t shardCount = 32;

    /// One rule for all shards.
    struct Rule
    {
        QString name;
        mutable std::mutex mutex;
        RateHistory history; ///< Under the mutex.
    };

    /// What a shard has counted of one rule and not handed on yet: the decisions of one second.
    struct RulePart
    {
        Rule *rule = nullptr;
        TimePoint second;
        qint64 allowed = 0;
        qint64 denied = 0;
        BusyKeys busy;

        void handOn()
        {
            if (allowed + denied == 0)
                return;
            const std::scoped_lock lock(rule->mutex);
            rule->history.add(std::exchange(allowed, 0), std::exchange(denied, 0), second);
        }

        void begin(TimePoint now)
        {
            if (const TimePoint its = std::chrono::floor<Seconds>(now); its != second) {
                handOn();
                second = its;
            }
        }
    };

    /// Keys are spread over the shards, so that decisions about different keys seldom meet. A shard's mutex comes before a rule's.
    struct alignas(64) Shard
    {
        BriefMutex mutex;
        std::array<std::unique_ptr<RulePart>, mostRules> parts; ///< By number.

        RulePart *partOf(int rule) { return rule >= 0 && rule < mostRules ? parts[size_t(rule)].get() : nullptr; }
    };

    static QString whoOf(const QString &address, const QString &account)
    {
        return address.isEmpty() || account.isEmpty() ? address + account : address + u' ' + account;
    }

    Shard &shardOf(quint64 key) { return (*shards)[(key ^ (key >> 32)) % shardCount]; }

    int findNumber(const QString &name) const
    {
        const std::shared_lock lock(namesMutex);
        const auto found = std::ranges::find_if(rules, [&name](const auto &each) { return each->name == name; });
        return found == rules.end() ? -1 : int(found - rules.begin());
    }

    QString nameOf(int number) const
    {
        const std::shared_lock lock(namesMutex);
        return number >= 0 && size_t(number) < rules.size() ? rules[size_t(number)]->name : QString();
    }

    /// Calls `read` with the history of a rule, in which everything is by then.
    template <typename Read>
    auto withHistory(int number, Read read)
    {
        Rule *rule = nullptr;
        for (Shard &shard : *shards) {
            const std::scoped_lock lock(shard.mutex);
            RulePart *part = shard.partOf(number);
            part->handOn();
            rule = part->rule;
        }
        const std::scoped_lock lock(rule->mutex);
        return read(rule->history);
    }

    int count() const
    {
        const std::shared_lock lock(namesMutex);
        return int(rules.size());
    }

    mutable std::shared_mutex namesMutex;     ///< Before a shard's.
    std::vector<std::unique_ptr<Rule>> rules; ///< By number; under namesMutex. None ever goes.
    const std::unique_ptr<std::array<Shard, shardCount>> shards = std::make_unique<std::array<Shard, shardCount>>();
    HeldBackMemory held;
};

LimiterStatistics::LimiterStatistics() : d(std::make_unique<Private>()) {}
LimiterStatistics::~LimiterStatistics() = default;

int LimiterStatistics::ruleNumber(const QString &name)
{
    const std::unique_lock lock(d->namesMutex);
    const auto found = std::ranges::find_if(d->rules, [&name](const auto &each) { return each->name == name; });
    if (found != d->rules.end())
        return int(found - d->rules.begin());
    if (d->rules.size() == mostRules)
        return mostRules - 1;
    const size_t number = d->rules.size();
    Private::Rule *rule = d->rules.emplace_back(std::make_unique<Private::Rule>()).get();
    rule->name = name;
    for (Private::Shard &shard : *d->shards) {
        const std::scoped_lock shardLock(shard.mutex);
        shard.parts[number] = std::make_unique<Private::RulePart>();
        shard.parts[number]->rule = rule;
    }
    return int(number);
}

void LimiterStatistics::recordAllowed(int rule, quint64 key, TimePoint now)
{
    Private::Shard &shard = d->shardOf(key);
    const std::scoped_lock lock(shard.mutex);
    Private::RulePart *part = shard.partOf(rule);
    if (!part)
        return;
    part->begin(now);
    ++part->allowed;
    part->busy.addAllowed(key, now);
}

void LimiterStatistics::recordDenied(int rule, quint64 key, const QString &address, const QString &account, const QString &tried,
                                     bool isSignIn, Milliseconds retryAfter, TimePoint now)
{
    {
        Private::Shard &shard = d->shardOf(key);
        const std::scoped_lock lock(shard.mutex);
        Private::RulePart *part = shard.partOf(rule);
        if (!part)
            return;
        part->begin(now);
        ++part->denied;
        part->busy.addDenied(key, Private::whoOf(address, account), now);
    }
    const Denial denial {
        .rule = rule, .address = address, .account = account, .tried = tried, .isSignIn = isSignIn, .retryAfter = retryAfter};
    d->held.add(denial, now);
}

void LimiterStatistics::remember(const KeptWait &wait, TimePoint now)
{
    if (wait.until > now)
        d->held.remember(ruleNumber(wait.rule), wait, now);
}

QList<RatePoint> LimiterStatistics::history(const QString &rule, Seconds window, TimePoint now) const
{
    const auto pointsOf = [&](int number) {
        return d->withHistory(number, [&](const RateHistory &its) { return its.points(window, now); });
    };
    if (const int number = rule.isEmpty() ? -1 : d->findNumber(rule); number >= 0)
        return pointsOf(number);
    if (!rule.isEmpty())
        return {};
    QList<RatePoint> sums = RateHistory().points(window, now);
    for (int number = 0; number < d->count(); ++number) {
        const auto points = pointsOf(number);
        for (qsizetype i = 0; i < sums.size(); ++i) {
            sums[i].allowed += points[i].allowed;
            sums[i].denied += points[i].denied;
        }
    }
    return sums;
}

QList<RuleHistory> LimiterStatistics::denying(Seconds window, TimePoint now) const
{
    QList<RuleHistory> found;
    for (int number = 0; number < d->count(); ++number) {
        const auto points = d->withHistory(number, [&](const RateHistory &its) { return its.points(window, now); });
        if (std::ranges::any_of(points, [](const RatePoint &each) { return each.denied > 0; }))
            found += {.rule = d->nameOf(number), .points = points};
    }
    return found;
}

qint64 LimiterStatistics::allowed(const QString &rule) const
{
    const int number = d->findNumber(rule);
    return number < 0 ? 0 : d->withHistory(number, [](const RateHistory &its) { return its.allowed(); });
}

qint64 LimiterStatistics::denials(const QString &rule) const
{
    const int number = d->findNumber(rule);
    return number < 0 ? 0 : d->withHistory(number, [](const RateHistory &its) { return its.denials(); });
}

QList<BusyKey> LimiterStatistics::busiest(const QString &rule, TimePoint now) const
{
    QList<BusyKey> keys;
    const int number = d->findNumber(rule);
    if (number < 0)
        return keys;
    for (Private::Shard &shard : *d->shards) { // a key is in one shard only
        const std::scoped_lock lock(shard.mutex);
        keys += shard.partOf(number)->busy.all(now);
    }
    std::ranges::stable_sort(keys, std::greater {}, &BusyKey::decisions);
    return keys.first(std::min(keys.size(), BusyKeys::shown));
}

QList<HeldBack> LimiterStatistics::heldBack(Seconds window, TimePoint now) const
{
    return d->held.all(window, now, [this](int number) { return d->nameOf(number); });
}

QStringList LimiterStatistics::forget(const QString &address, const QString &account, TimePoint)
{
    QStringList rules;
    for (const int number : d->held.remove(address, account))
        rules += d->nameOf(number);
    return rules;
}

QList<KeptCount> LimiterStatistics::changedCounts(TimePoint)
{
    QList<KeptCount> counts;
    for (int number = 0; number < d->count(); ++number) {
        const auto steps = d->withHistory(number, [](RateHistory &its) { return its.takeChanged(); });
        const QString name = d->nameOf(number);
        for (const RateStep &each : steps)
            counts +=
                {.rule = name, .step = each.length, .from = each.point.from, .allowed = each.point.allowed, .denied = each.point.denied};
    }
    return counts;
}

void LimiterStatistics::restore(const QList<KeptCount> &counts, TimePoint now)
{
    for (const KeptCount &each : counts) {
        const RateStep step {.length = each.step, .point = {.from = each.from, .allowed = each.allowed, .denied = each.denied}};
        d->withHistory(ruleNumber(each.rule), [&](RateHistory &its) { its.restore(step, now); });
    }
}

} // namespace warder
