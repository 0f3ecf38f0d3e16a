#include "core/ratelimit/Limits.h"

#include "core/audit/AuditStore.h"
#include "core/config/LiveSettings.h"
#include "core/ratelimit/LimitEvents.h"
#include "core/ratelimit/LimitRefusals.h"
#include "core/ratelimit/LimiterKeeping.h"
#include "core/ratelimit/LimiterMemoryStore.h"
#include "core/ratelimit/NetworkFaults.h"
#include "core/ratelimit/RateNetworkStore.h"
#include "core/ratelimit/RateRuleStore.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

#include <algorithm>
#include <mutex>
#include <tuple>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What was read; nothing where that failed, which the log says.
template <typename T>
QList<T> orNothing(const Result<QList<T>> &read)
{
    if (!read)
        log(LogLevel::Error, "limits_unread"_L1, {{"why"_L1, read.error().detail}});
    return read.value_or(QList<T>());
}

} // namespace

struct Limits::Private
{
    Private(Database &theDatabase, RateLimiter &theLimiter, const LiveSettings &theSettings)
        : database(theDatabase), limiter(theLimiter), settings(theSettings), memory(theLimiter)
    {}

    /// `editing` is held, as for the next two.
    void publishRules()
    {
        const QList<KnownRule> fresh = knownRules(own, stored, settings.get());
        QList<RateRule> rules;
        for (const KnownRule &each : fresh)
            rules += each.rule;
        {
            const std::scoped_lock lock(mutex);
            known = fresh;
        }
        limiter.setRules(rules);
    }

    void publishNetworks(QList<NetworkRule> fresh)
    {
        std::ranges::sort(fresh, [](const NetworkRule &a, const NetworkRule &b) {
            return std::tie(a.standing, a.network) < std::tie(b.standing, b.network);
        });
        {
            const std::scoped_lock lock(mutex);
            networks = fresh;
        }
        limiter.setNetworks(fresh);
    }

    /// Writes the row of a rule, or its removal, and takes over what is then stored.
    Result<void> write(const QString &name, const std::optional<RateRule> &rule, const AuditEvent &event)
    {
        const auto written = database.write([&](Transaction &transaction) {
            const auto done = rule ? RateRuleStore::put(transaction, *rule, event.at) : RateRuleStore::remove(transaction, name);
            return done.and_then([&] { return AuditStore::append(transaction, event); });
        });
        if (!written)
            return written;
        const auto place = std::ranges::find(stored, name, &RateRule::name);
        if (!rule)
            stored.removeIf([&](const RateRule &each) { return each.name == name; });
        else if (place != stored.end())
            *place = *rule;
        else
            stored += *rule;
        publishRules();
        return {};
    }

    QList<NetworkRule> allNetworks() const
    {
        const std::scoped_lock lock(mutex);
        return networks;
    }

    Database &database;
    RateLimiter &limiter;
    const LiveSettings &settings;
    std::mutex editing; ///< Held while something is changed, also while the writer is waited for; guards the next two.
    QList<RateRule> own;
    QList<RateRule> stored;
    std::mutex keeping; ///< Held by keep(); taken before `editing`. Guards the next.
    LimiterKeeping memory;
    mutable std::mutex mutex; ///< Taken last; guards what follows.
    QList<KnownRule> known;
    QList<NetworkRule> networks;
};

Limits::Limits(Database &database, RateLimiter &limiter, const LiveSettings &settings, TimePoint now)
    : d(std::make_unique<Private>(database, limiter, settings))
{
    DbConnection &reader = database.reader();
    const std::scoped_lock editing(d->editing);
    d->own = limiter.rules();
    d->stored = orNothing(RateRuleStore::all(reader));
    d->publishRules();
    d->publishNetworks(orNothing(RateNetworkStore::all(reader)));
    limiter.statistics().restore(orNothing(LimiterMemoryStore::counts(reader, now)), now);
    limiter.restore(orNothing(LimiterMemoryStore::waits(reader, now)), now);
}

Limits::~Limits() = default;

QList<KnownRule> Limits::rules() const
{
    const std::scoped_lock lock(d->mutex);
    return d->known;
}

std::optional<KnownRule> Limits::find(const QString &name) const
{
    const std::scoped_lock lock(d->mutex);
    const auto isMeant = [&](const KnownRule &each) { return each.rule.name == name; };
    const auto found = std::find_if(d->known.cbegin(), d->known.cend(), isMeant);
    return found == d->known.cend() ? std::nullopt : std::optional(*found);
}

void Limits::settingsChanged()
{
    const std::scoped_lock editing(d->editing);
    d->own = ownRules(d->settings.get());
    d->publishRules();
}

Result<RateRule> Limits::judged(const QString &name, const RuleEdit &edit, bool isNew) const
{
    return editedRule(name, find(name), edit, isNew, edit.routes ? d->limiter.routes() : QList<LimitedRoute>());
}

Result<KnownRule> Limits::add(const QString &name, const RuleEdit &edit, const QString &actor, TimePoint now)
{
    const std::scoped_lock editing(d->editing);
    const auto rule = judged(name, edit, true);
    if (!rule)
        return refused(rule);
    if (const auto count = rules().size(); count >= mostRules)
        return limit_refusals::conflict(u"name"_s, u"There are %1 limits: remove one first"_s.arg(count));
    return d->write(name, *rule, limit_events::ruleAdded(*rule, actor, now)).and_then([&]() -> Result<KnownRule> {
        return find(name).value_or(KnownRule {.rule = *rule, .isOwn = false});
    });
}

Result<KnownRule> Limits::edit(const QString &name, const RuleEdit &edit, const QString &actor, TimePoint now)
{
    const std::scoped_lock editing(d->editing);
    const auto after = judged(name, edit, false);
    if (!after)
        return refused(after);
    const KnownRule before = find(name).value_or(KnownRule {.rule = *after});
    if (*after == before.rule)
        return before;
    const bool isAsSet = d->own.contains(*after); // then no row is needed, and a change of the settings acts again
    return d->write(name, isAsSet ? std::nullopt : std::optional(*after), limit_events::ruleChanged(before.rule, *after, actor, now))
        .and_then([&]() -> Result<KnownRule> { return find(name).value_or(before); });
}

Result<void> Limits::remove(const QString &name, const QString &actor, TimePoint now)
{
    const std::scoped_lock editing(d->editing);
    if (!find(name))
        return limit_refusals::noRule(name);
    if (std::ranges::find(d->stored, name, &RateRule::name) == d->stored.end()) // it is as the settings say
        return {};
    return d->write(name, std::nullopt, limit_events::ruleRemoved(name, actor, now));
}

QList<NetworkRule> Limits::networks(TimePoint now) const
{
    QList<NetworkRule> all = d->allNetworks();
    all.removeIf([now](const NetworkRule &each) { return each.until && *each.until <= now; });
    return all;
}

Result<NetworkRule> Limits::addNetwork(const NetworkRule &wanted, const QString &actor, TimePoint now)
{
    const auto network = parseNetwork(wanted.network);
    NetworkRule rule = wanted;
    rule.reason = wanted.reason.trimmed();
    if (const QList<Fault> faults = faultsOfNetwork(rule, network, now); !faults.isEmpty())
        return limit_refusals::invalid(faults);
    rule.id = Id::create(now);
    rule.network = toText(*network);
    rule.createdAt = now;
    rule.createdBy = actor;

    const std::scoped_lock editing(d->editing);
    QList<NetworkRule> all = networks(now);
    all.removeIf([&](const NetworkRule &each) { return each.network == rule.network; });
    if (all.size() >= mostNetworks)
        return limit_refusals::conflict(u"network"_s, u"There are %1 networks: remove one first"_s.arg(all.size()));
    const auto written = d->database.write([&](Transaction &transaction) {
        return RateNetworkStore::put(transaction, rule).and_then([&] {
            return AuditStore::append(transaction, limit_events::networkAdded(rule, actor, now));
        });
    });
    if (!written)
        return refused(written);
    d->publishNetworks(all + QList {rule});
    return rule;
}

Result<void> Limits::removeNetwork(Id id, const QString &actor, TimePoint now)
{
    const std::scoped_lock editing(d->editing);
    QList<NetworkRule> all = networks(now);
    const auto found = std::ranges::find(all, id, &NetworkRule::id);
    if (found == all.end())
        return refused(ErrorCode::NotFound, u"no such network"_s);
    const AuditEvent event = limit_events::networkRemoved(*found, actor, now);
    const auto written = d->database.write([&](Transaction &transaction) {
        return RateNetworkStore::remove(transaction, id).and_then([&] { return AuditStore::append(transaction, event); });
    });
    if (!written)
        return written;
    all.erase(found);
    d->publishNetworks(all);
    return {};
}

Result<void> Limits::keep(TimePoint now)
{
    const std::scoped_lock keeping(d->keeping);
    d->memory.collect(now);
    const auto over = d->database.write([&](Transaction &transaction) {
        return d->memory.write(transaction, now).and_then([&] { return RateNetworkStore::removeOver(transaction, now); });
    });
    if (!over)
        return refused(over);
    d->memory.noteWritten();
    if (*over > 0) {
        const std::scoped_lock editing(d->editing);
        d->publishNetworks(networks(now));
    }
    return {};
}

} // namespace warder
