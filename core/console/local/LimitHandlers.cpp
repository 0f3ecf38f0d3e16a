#include "core/accounts/EmailAddress.h"
#include "core/base/Text.h"
#include "core/console/DenialSteps.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/orders/Server.h"
#include "core/ratelimit/DecisionRecord.h"
#include "core/ratelimit/NetworkRule.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/ratelimit/RateSubject.h"
#include "core/ratelimit/RuleFaults.h"

#include <algorithm>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::chrono::minutes minute {1};
constexpr qsizetype minutesShown = 10;

/// What is the same for all rules of one answer.
struct Glance
{
    TimePoint now;
    QList<LimitedRoute> routes;
    QHash<QString, qint64> heldBack; ///< How many each rule holds back.
};

Glance glance(const ConsoleContext &console)
{
    Glance seen {.now = console.now(), .routes = console.limiter.routes(), .heldBack = {}};
    for (const HeldBack &one : console.limiter.heldBack(Seconds {0}, seen.now)) {
        for (const QString &rule : one.rules)
            ++seen.heldBack[rule];
    }
    return seen;
}

QString routesOf(const RateRule &rule, const QList<LimitedRoute> &routes)
{
    QStringList titles;
    for (const LimitedRoute &route : routes) {
        if (appliesTo(rule, route))
            titles += route.title;
    }
    return titles.join(u", "_s);
}

/// The running minute last, which the last sixty seconds are.
void countLastMinutes(const LimiterStatistics &statistics, RuleView &view, TimePoint now)
{
    view.allowedHistory = QList<qint64>(minutesShown, 0);
    view.deniedHistory = QList<qint64>(minutesShown, 0);
    for (const RatePoint &second : statistics.history(view.name, minutesShown * minute, now)) {
        const auto place = std::clamp<qsizetype>(minutesShown - 1 - (now - second.from) / minute, 0, minutesShown - 1);
        view.allowedHistory[place] += second.allowed;
        view.deniedHistory[place] += second.denied;
    }
    view.allowed = std::accumulate(view.allowedHistory.cbegin(), view.allowedHistory.cend(), qint64(0));
    view.denied = std::accumulate(view.deniedHistory.cbegin(), view.deniedHistory.cend(), qint64(0));
}

/// Whom a rule of wrong passwords holds back is counted already, for all rules at once.
double loadOf(const ConsoleContext &console, const RateRule &rule, const Glance &seen)
{
    if (rule.isOn() && rule.counts == RateCount::Requests)
        return console.limiter.loadOf(rule.name, seen.now);
    return rule.isOn() && seen.heldBack.value(rule.name) > 0 ? 1.0 : 0.0;
}

RuleView inUse(const ConsoleContext &console, const KnownRule &known, const Glance &seen)
{
    const LimiterStatistics &statistics = console.limiter.statistics();
    RuleView view = viewOf(known);
    view.appliesTo = routesOf(known.rule, seen.routes);
    view.load = loadOf(console, known.rule, seen);
    view.heldBack = seen.heldBack.value(view.name);
    view.allowedTotal = statistics.allowed(view.name);
    view.deniedTotal = statistics.denials(view.name);
    countLastMinutes(statistics, view, seen.now);
    return view;
}

/// A change that is made: whoever shows limits hears of it.
Result<RuleView> told(ConsoleContext &console, const Result<KnownRule> &changed)
{
    return changed.transform([&console](const KnownRule &known) {
        console.journal.record(LimitsChanged {});
        return inUse(console, known, glance(console));
    });
}

Result<void> told(ConsoleContext &console, const Result<void> &changed)
{
    return changed.transform([&console] { console.journal.record(LimitsChanged {}); });
}

Result<KnownRule> findRule(const ConsoleContext &console, const QString &name)
{
    const auto known = console.limits.find(name);
    return known ? Result<KnownRule>(*known) : refused(ErrorCode::NotFound, u"no limit is named %1"_s.arg(shortened(name)));
}

RuleEdit editOf(const RuleWish &wish, const Rate &before)
{
    RuleEdit edit {.title = wish.title,
                   .routes = wish.routes,
                   .key = wish.key,
                   .longest = wish.longest,
                   .action = wish.action,
                   .enabled = wish.enabled};
    if (wish.amount || wish.period || wish.burst)
        edit.rate = Rate {.amount = wish.amount.value_or(before.amount),
                          .period = wish.period.value_or(before.period),
                          .burst = wish.burst.value_or(before.burst)};
    return edit;
}

/// Of a rule that there is not yet: what it allows nobody can guess.
Result<RuleEdit> newOf(const RuleWish &wish)
{
    QList<Fault> faults;
    const std::pair<QString, bool> needed[] {{u"amount"_s, wish.amount.has_value()}, {u"period"_s, wish.period.has_value()}};
    for (const auto &[member, isGiven] : needed) {
        if (!isGiven)
            faults += {.type = u"missing"_s, .location = {member}, .message = u"Field required"_s};
    }
    if (!faults.isEmpty())
        return std::unexpected(
            Error {.code = ErrorCode::InvalidInput, .detail = u"a new limit needs an amount and a period"_s, .faults = faults});
    return editOf(wish, {.burst = *wish.amount});
}

/// The change of a rule that there is; NotFound.
Result<RuleEdit> changeOf(const ConsoleContext &console, const RuleWish &wish)
{
    return findRule(console, wish.name).transform([&wish](const KnownRule &known) { return editOf(wish, known.rule.rate); });
}

Result<QList<RuleView>> rules(ConsoleContext &console, const ListRules &)
{
    const Glance seen = glance(console);
    QList<RuleView> views;
    for (const KnownRule &known : console.limits.rules())
        views += inUse(console, known, seen);
    return views;
}

Result<QList<SelectorView>> selectors(ConsoleContext &console, const ListSelectors &)
{
    QList<SelectorView> groups;
    QList<SelectorView> routes;
    for (const LimitedRoute &route : console.limiter.routes()) {
        routes += {.selector = route.title, .appliesTo = route.title};
        if (route.group.isEmpty())
            continue;
        const auto group = std::ranges::find(groups, route.group, &SelectorView::selector);
        if (group == groups.end())
            groups += {.selector = route.group, .appliesTo = route.title};
        else
            group->appliesTo += u", "_s + route.title;
    }
    return groups + routes;
}

Result<RuleView> addRule(ConsoleContext &console, const AddRule &order)
{
    const auto added = newOf(order.wish).and_then([&](const RuleEdit &wanted) {
        return console.limits.add(order.wish.name, wanted, console.actor, console.now());
    });
    return told(console, added);
}

Result<RuleView> editRule(ConsoleContext &console, const EditRule &order)
{
    const auto edited = changeOf(console, order.wish).and_then([&](const RuleEdit &wanted) {
        return console.limits.edit(order.wish.name, wanted, console.actor, console.now());
    });
    return told(console, edited);
}

Result<void> removeRule(ConsoleContext &console, const RemoveRule &order)
{
    return told(console, console.limits.remove(order.rule, console.actor, console.now()));
}

Result<WhatIfView> tryRule(ConsoleContext &console, const TryRule &order, Errand &)
{
    const auto wanted = order.isNew ? newOf(order.wish) : changeOf(console, order.wish);
    const auto rule = wanted.and_then([&](const RuleEdit &edit) { return console.limits.judged(order.wish.name, edit, order.isNew); });
    if (!rule)
        return refused(rule);
    if (rule->counts != RateCount::Requests)
        return refused(ErrorCode::Conflict,
                       u"%1 counts wrong passwords, which are not recorded: only limits of requests can be tried"_s.arg(rule->name));
    const TimePoint now = console.now();
    const DecisionRecord &record = console.limiter.record();
    const std::vector<RecordedDecision> all = record.all(now);
    WhatIfView found = viewOf(whatIf(all, record.begin(), *rule, console.limiter.routes(), now, console.isClosing));
    const DecisionRecord::Reach reach = record.reachOf(all, now);
    found.from = reach.from;
    found.isCut = reach.isCut;
    found.tellsOnly = rule->action == RateAction::Alert;
    return found;
}

Result<QList<LimitPoint>> history(ConsoleContext &console, const ReadLimitHistory &order)
{
    if (const auto known = order.rule.isEmpty() ? Result<KnownRule>() : findRule(console, order.rule); !known)
        return refused(known);
    const Seconds window = std::min(order.window, ReadLimitHistory::longest);
    return viewsOf(console.limiter.statistics().history(order.rule, window, console.now()));
}

Result<DenialsView> denials(ConsoleContext &console, const ReadDenials &order, Errand &)
{
    const Seconds window = std::min(order.window, ReadLimitHistory::longest);
    const auto histories = console.limiter.statistics().denying(window, console.now());
    DenialsView view = denialsOf(histories, ReadTraffic::stepOf(window), ReadDenials::most);
    for (RuleDenialsView &each : view.rules) {
        if (const auto known = console.limits.find(each.rule))
            each.title = known->rule.title;
    }
    return view;
}

/// As rows are written of whom somebody typed: an address, its network, or an account. Nobody: nothing.
QStringList spellingsOf(const QString &who)
{
    const QString typed = who.trimmed();
    if (typed.isEmpty())
        return {};
    if (typed.contains(u'@'))
        return {EmailAddress::countedName(typed)};
    const auto network = parseNetwork(typed);
    if (!network)
        return {typed};
    const int wholeBits = network->address.protocol() == QHostAddress::IPv4Protocol ? 32 : 128;
    if (network->bits < wholeBits)
        return {toText(*network)};
    return {countedAddressText(network->address), countedNetworkText(network->address)};
}

Result<QList<HeldBackView>> heldBack(ConsoleContext &console, const ListHeldBack &order)
{
    QList<HeldBack> rows = console.limiter.heldBack(std::min(order.window, ListHeldBack::longest), console.now());
    if (const QStringList meant = spellingsOf(order.who); !meant.isEmpty()) {
        rows.removeIf([&meant](const HeldBack &row) { return !meant.contains(row.address) && !meant.contains(row.account); });
    }
    return viewsOf(rows.first(std::min(rows.size(), ListHeldBack::most)));
}

Result<QList<BusyKeyView>> busyKeys(ConsoleContext &console, const ListBusyKeys &order)
{
    return findRule(console, order.rule).transform([&](const KnownRule &known) {
        return viewsOf(console.limiter.statistics().busiest(known.rule.name, console.now()));
    });
}

Result<int> unblock(ConsoleContext &console, const Unblock &order)
{
    if (order.who.size() > Unblock::most)
        return refused(ErrorCode::InvalidInput, u"at most %1 are unblocked at once"_s.arg(Unblock::most));
    const TimePoint now = console.now();
    int freed = 0;
    for (const HeldBackPair &each : order.who)
        freed += console.limiter.unblock(each.address, each.account, now) ? 1 : 0;
    if (freed > 0)
        console.journal.record(LimitsChanged {});
    if (const auto kept = console.limits.keep(now); !kept) // a restart would bring back what is kept on disk
        return refused(kept);
    if (freed == 0)
        return refused(ErrorCode::NotFound, u"nobody with that address and account is held back now"_s);
    return freed;
}

Result<QList<NetworkView>> networks(ConsoleContext &console, const ListNetworks &)
{
    return viewsOf(console.limits.networks(console.now()));
}

Result<NetworkView> addNetwork(ConsoleContext &console, const AddNetwork &order)
{
    const NetworkRule wanted {
        .id = {}, .network = order.network, .standing = order.standing, .reason = order.reason, .until = order.until, .createdAt = {}};
    return console.limits.addNetwork(wanted, console.actor, console.now()).transform([&console](const NetworkRule &added) {
        console.journal.record(LimitsChanged {});
        return viewOf(added);
    });
}

Result<void> removeNetwork(ConsoleContext &console, const RemoveNetwork &order)
{
    return told(console, console.limits.removeNetwork(order.id, console.actor, console.now()));
}

} // namespace

void LocalConsole::addLimitHandlers()
{
    add(rules, selectors, addRule, editRule, removeRule, tryRule, history, denials);
    add(heldBack, busyKeys, unblock, networks, addNetwork, removeNetwork);
}

} // namespace warder
