#include "core/ratelimit/Limits.h"

#include "core/audit/AuditStore.h"
#include "core/base/Text.h"
#include "core/config/Duration.h"
#include "core/config/LiveSettings.h"
#include "core/ratelimit/LimiterMemoryStore.h"
#include "core/ratelimit/RateNetworkStore.h"
#include "core/ratelimit/RateRuleStore.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

#include <QJsonObject>

#include <algorithm>
#include <functional>
#include <mutex>
#include <tuple>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestReason = 200;
constexpr qsizetype mostUnwritten = 100'000;
constexpr qsizetype mostWaits = 10'000;
constexpr int widestBlockedV4 = 8;
constexpr int widestBlockedV6 = 16;

bool holdsRule(const QList<RateRule> &rules, const QString &name)
{
    return std::ranges::any_of(rules, [&](const RateRule &each) { return each.name == name; });
}

/// The place that decides about the rule and cannot be changed from here; empty: none.
QString lockOf(const QString &rule, const QList<SettingDescription> &settings)
{
    for (const QString &key : settingsBehind(rule)) {
        const auto setting = std::ranges::find(settings, key, &SettingDescription::key);
        if (setting != settings.end() && setting->source > SettingSource::Stored)
            return setting->sourceName;
    }
    return {};
}

/// The place that turns all limits off; empty: they are on.
QString switchedOffBy(const Settings &settings, const QList<SettingDescription> &described)
{
    const QString key = u"rate_limit.enabled"_s;
    if (settings.get<"rate_limit.enabled">())
        return {};
    const auto setting = std::ranges::find(described, key, &SettingDescription::key);
    return setting == described.end() || setting->sourceName.isEmpty() ? key : setting->sourceName;
}

/// What is stored of one of Warder's own, which cannot say everything.
RateRule merged(const RateRule &own, const RateRule &stored)
{
    RateRule rule = stored;
    rule.title = own.title;
    rule.counts = own.counts;
    if (own.counts != RateCount::Requests) {
        rule.routes = own.routes;
        rule.key = own.key;
        rule.action = own.action;
    }
    return rule;
}

KnownRule knownOwn(const RateRule &own, const QList<RateRule> &stored, const QString &lockedBy)
{
    const auto found = std::ranges::find(stored, own.name, &RateRule::name);
    if (found == stored.end() || !lockedBy.isEmpty())
        return {.rule = own, .lockedBy = lockedBy};
    const RateRule rule = merged(own, *found);
    const bool isSound = faultsOf(rule, {}).isEmpty(); // a newer Warder may have stored what this one does not know
    return {.rule = isSound ? rule : own, .isEdited = isSound && rule != own};
}

QList<KnownRule> knownRules(const QList<RateRule> &own, const QList<RateRule> &stored, const Settings &settings)
{
    const QList<SettingDescription> described = settings.describe();
    const QString off = switchedOffBy(settings, described);
    QList<KnownRule> all;
    for (const RateRule &each : own)
        all += knownOwn(each, stored, off.isEmpty() ? lockOf(each.name, described) : off);
    for (const RateRule &each : stored) {
        if (holdsRule(own, each.name) || !faultsOf(each, {}).isEmpty())
            continue;
        KnownRule &added = all.emplaceBack(KnownRule {.rule = each, .isOwn = false, .lockedBy = off});
        added.rule.enabled = each.enabled && off.isEmpty();
    }
    return all;
}

RateRule changed(const RateRule &before, const RuleEdit &edit)
{
    RateRule after = before;
    after.title = edit.title.value_or(before.title).trimmed();
    after.routes = edit.routes.value_or(before.routes);
    after.key = edit.key.value_or(before.key);
    after.rate = edit.rate.value_or(before.rate);
    after.longest = edit.longest.value_or(before.longest);
    after.action = edit.action.value_or(before.action);
    after.enabled = edit.enabled.value_or(before.enabled);
    return after;
}

std::unexpected<Error> wrong(const QList<Fault> &faults)
{
    QStringList words;
    for (const Fault &each : faults)
        words += each.message;
    return std::unexpected(Error {.code = ErrorCode::InvalidInput, .detail = words.join(u"; "_s), .faults = faults});
}

/// What is there already is in the way of a member of what is wanted.
std::unexpected<Error> conflict(const QString &member, const QString &words)
{
    return std::unexpected(Error {.code = ErrorCode::Conflict, .detail = words, .faults = {ruleFault(member, words)}});
}

std::unexpected<Error> noRule(const QString &name) { return refused(ErrorCode::NotFound, u"no limit is named %1"_s.arg(shortened(name))); }

QJsonObject detailsOf(const RateRule &rule)
{
    return {{u"limit"_s, rule.name},        {u"routes"_s, rule.routes.join(u' ')}, {u"key"_s, nameOf(rule.key)},
            {u"rate"_s, toText(rule.rate)}, {u"action"_s, nameOf(rule.action)},    {u"enabled"_s, rule.enabled}};
}

/// For the record: what is another than before.
QJsonObject differences(const RateRule &before, const RateRule &after)
{
    QJsonObject details {{u"limit"_s, after.name}};
    const auto note = [&details](bool differs, const QString &member, const QJsonValue &value) {
        if (differs)
            details.insert(member, value);
    };
    note(before.title != after.title, u"title"_s, after.title);
    note(before.routes != after.routes, u"routes"_s, after.routes.join(u' '));
    note(before.key != after.key, u"key"_s, nameOf(after.key));
    note(before.rate != after.rate, u"rate"_s, toText(after.rate));
    note(before.longest != after.longest, u"longest"_s, toText(after.longest));
    note(before.action != after.action, u"action"_s, nameOf(after.action));
    note(before.enabled != after.enabled, u"enabled"_s, after.enabled);
    return details;
}

QJsonObject detailsOf(const NetworkRule &rule)
{
    QJsonObject details {{u"network"_s, rule.network}, {u"standing"_s, nameOf(rule.standing)}};
    if (!rule.reason.isEmpty())
        details.insert("reason"_L1, rule.reason);
    if (rule.until)
        details.insert("until"_L1, toText(*rule.until));
    return details;
}

AuditEvent eventOf(QLatin1StringView type, const QString &actor, const QJsonObject &details, TimePoint now)
{
    return {.at = now, .type = type, .actor = actor, .details = details};
}

/// Why nobody may block that network: a slip of the pen would shut everybody out.
QString whyNotBlocked(const Network &network)
{
    const bool isV4 = network.address.protocol() == QHostAddress::IPv4Protocol;
    const int widest = isV4 ? widestBlockedV4 : widestBlockedV6;
    if (network.bits < widest)
        return u"At most a /%1 can be blocked at once"_s.arg(widest);
    const bool holdsLoopback =
        isV4 ? network.address.isLoopback() : QHostAddress(QHostAddress::LocalHostIPv6).isInSubnet(network.address, network.bits);
    return holdsLoopback ? u"This machine's own addresses cannot be blocked"_s : QString();
}

QList<Fault> faultsOfNetwork(const NetworkRule &wanted, const std::optional<Network> &network, TimePoint now)
{
    QList<Fault> faults;
    if (!network)
        faults +=
            ruleFault(u"network"_s, u"A network is an address such as 203.0.113.7, or 203.0.113.0/24 or 2001:db8::/32 with nothing set "
                                    "behind the prefix"_s);
    else if (const QString why = wanted.standing == NetworkStanding::Blocked ? whyNotBlocked(*network) : QString(); !why.isEmpty())
        faults += ruleFault(u"network"_s, why);
    if (codePointCount(wanted.reason) > longestReason)
        faults += tooLongFault(u"reason"_s, longestReason, u"characters"_s);
    else if (!std::ranges::all_of(wanted.reason.toUcs4(), [](uint each) { return isPlain(each); }))
        faults += ruleFault(u"reason"_s, u"A reason is one line without characters that do not show"_s);
    if (wanted.until && *wanted.until <= now)
        faults += ruleFault(u"until"_s, u"The end lies in the past"_s);
    return faults;
}

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
        : database(theDatabase), limiter(theLimiter), settings(theSettings)
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
    std::mutex keeping; ///< Held by keep(); taken before `editing`. Guards the next two.
    QList<KeptCount> unwritten;
    std::optional<QList<KeptWait>> keptWaits; ///< What the table holds, once it is known.
    mutable std::mutex mutex;                 ///< Taken last; guards what follows.
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
    const auto known = find(name);
    if (isNew && known)
        return conflict(u"name"_s, u"There is a limit named %1 already"_s.arg(name));
    if (!isNew && !known)
        return noRule(name);
    if (known && !known->lockedBy.isEmpty())
        return refused(ErrorCode::Conflict, u"%1 is decided by %2: change it there"_s.arg(name, known->lockedBy));
    const RateRule before = known ? known->rule : RateRule {.name = name};
    const RateRule after = changed(before, edit);
    QList<Fault> faults = faultsOf(after, edit.routes ? d->limiter.routes() : QList<LimitedRoute>());
    if (isNew && !edit.rate)
        faults += ruleFault(u"amount"_s, u"Say how many are allowed, and in how long"_s);
    if (known && known->isOwn && !after.title.isEmpty())
        faults += ruleFault(u"title"_s, u"Warder's own limits have their titles"_s);
    if (before.counts != RateCount::Requests && after.key != before.key)
        faults += ruleFault(u"key"_s, u"This rule always counts by %1"_s.arg(nameOf(before.key)));
    return faults.isEmpty() ? Result<RateRule>(after) : wrong(faults);
}

Result<KnownRule> Limits::add(const QString &name, const RuleEdit &edit, const QString &actor, TimePoint now)
{
    const std::scoped_lock editing(d->editing);
    const auto rule = judged(name, edit, true);
    if (!rule)
        return refused(rule);
    if (const auto count = rules().size(); count >= mostRules)
        return conflict(u"name"_s, u"There are %1 limits: remove one first"_s.arg(count));
    return d->write(name, *rule, eventOf(audit::limitAdded, actor, detailsOf(*rule), now)).and_then([&]() -> Result<KnownRule> {
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
    return d
        ->write(name, isAsSet ? std::nullopt : std::optional(*after),
                eventOf(audit::limitChanged, actor, differences(before.rule, *after), now))
        .and_then([&]() -> Result<KnownRule> { return find(name).value_or(before); });
}

Result<void> Limits::remove(const QString &name, const QString &actor, TimePoint now)
{
    const std::scoped_lock editing(d->editing);
    if (!find(name))
        return noRule(name);
    if (!holdsRule(d->stored, name)) // it is as the settings say
        return {};
    return d->write(name, std::nullopt, eventOf(audit::limitRemoved, actor, QJsonObject {{u"limit"_s, name}}, now));
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
        return wrong(faults);
    rule.id = Id::create(now);
    rule.network = toText(*network);
    rule.createdAt = now;
    rule.createdBy = actor;

    const std::scoped_lock editing(d->editing);
    QList<NetworkRule> all = networks(now);
    all.removeIf([&](const NetworkRule &each) { return each.network == rule.network; });
    if (all.size() >= mostNetworks)
        return conflict(u"network"_s, u"There are %1 networks: remove one first"_s.arg(all.size()));
    const auto written = d->database.write([&](Transaction &transaction) {
        return RateNetworkStore::put(transaction, rule).and_then([&] {
            return AuditStore::append(transaction, eventOf(audit::networkAdded, actor, detailsOf(rule), now));
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
    const QJsonObject details = detailsOf(*found);
    const auto written = d->database.write([&](Transaction &transaction) {
        return RateNetworkStore::remove(transaction, id).and_then([&] {
            return AuditStore::append(transaction, eventOf(audit::networkRemoved, actor, details, now));
        });
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
    QList<KeptCount> &counts = d->unwritten;
    counts += d->limiter.statistics().changedCounts(now);
    if (counts.size() > mostUnwritten) // the disk is full for days
        counts.remove(0, counts.size() - mostUnwritten);
    QList<KeptWait> waits = d->limiter.waitsToKeep(now);
    std::ranges::sort(waits, std::greater {}, &KeptWait::until);
    waits.resize(std::min(waits.size(), mostWaits));
    const auto done = d->database.write([&](Transaction &transaction) {
        return LimiterMemoryStore::putCounts(transaction, counts)
            .and_then([&] { return LimiterMemoryStore::removeOldCounts(transaction, now); })
            .and_then([&] {
                return d->keptWaits && *d->keptWaits == waits ? Result<void>() : LimiterMemoryStore::replaceWaits(transaction, waits);
            })
            .and_then([&] { return RateNetworkStore::removeOver(transaction, now); });
    });
    if (!done)
        return refused(done);
    counts.clear();
    d->keptWaits = waits;
    if (*done > 0) {
        const std::scoped_lock editing(d->editing);
        d->publishNetworks(networks(now));
    }
    return {};
}

} // namespace warder
