#include "app/cli/Commands.h"

#include "core/base/Text.h"
#include "core/config/Duration.h"
#include "core/config/Rate.h"
#include "core/console/Json.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QStringList changing {u"rate"_s, u"route"_s, u"key"_s, u"action"_s, u"title"_s, u"longest"_s, u"enable"_s, u"disable"_s};

/// One of the names of an enum, as it was said for an option; InvalidInput, in words for wrongUsage(), for any other.
template <NamedEnum T>
Result<std::optional<T>> named(const CommandContext &context, const QString &option)
{
    const auto typed = context.given(option);
    if (!typed)
        return std::nullopt;
    if (const auto value = fromName<T>(*typed))
        return value;
    QStringList names;
    for (const QLatin1StringView name : namesOf<T>)
        names += QString(name);
    const QString last = names.takeLast();
    return refused(ErrorCode::InvalidInput, u"--%1 is %2 or %3, not %4"_s.arg(option, names.join(u", "_s), last, shortened(*typed)));
}

Result<std::optional<Rate>> rateGiven(const CommandContext &context)
{
    const auto typed = context.given(u"rate"_s);
    if (!typed)
        return std::nullopt;
    if (const auto rate = parseRate(*typed))
        return rate;
    return refused(ErrorCode::InvalidInput, u"--rate is such as 30/1m, \"30/1m burst 10\" or off, not %1"_s.arg(shortened(*typed)));
}

/// What the options say; InvalidInput, in words for wrongUsage().
Result<RuleWish> wishOf(const CommandContext &context)
{
    const bool isOn = context.parser.isSet(u"enable"_s);
    const bool isOff = context.parser.isSet(u"disable"_s);
    if (isOn && isOff)
        return refused(ErrorCode::InvalidInput, u"either --enable or --disable"_s);
    const auto key = named<RateKey>(context, u"key"_s);
    if (!key)
        return refused(key);
    const auto action = named<RateAction>(context, u"action"_s);
    if (!action)
        return refused(action);
    const auto longest = context.durationGiven(u"longest"_s);
    if (!longest)
        return refused(longest);
    const auto rate = rateGiven(context);
    if (!rate)
        return refused(rate);
    RuleWish wish {.name = context.arguments.first(),
                   .title = context.given(u"title"_s),
                   .routes = context.allGiven(u"route"_s),
                   .key = *key,
                   .longest = *longest,
                   .action = *action};
    if (isOn || isOff)
        wish.enabled = isOn;
    if (*rate)
        wish.amount = (*rate)->amount;
    if (*rate && !(*rate)->isOff()) { // else period and burst are there again when it is turned on
        wish.period = (*rate)->period;
        wish.burst = (*rate)->burst;
    }
    return wish;
}

Result<RuleView> findRule(const CommandContext &context, const QString &name)
{
    return context.ask(ListRules {}).and_then([&name](const QList<RuleView> &rules) -> Result<RuleView> {
        const auto rule = std::ranges::find(rules, name, &RuleView::name);
        if (rule == rules.cend())
            return refused(ErrorCode::NotFound, u"no limit is named %1"_s.arg(shortened(name)));
        return *rule;
    });
}

QString allowsOf(const RuleView &rule)
{
    if (rule.amount == 0)
        return u"off"_s;
    switch (rule.counts) {
    case RateCount::Requests: return toText(Rate {.amount = rule.amount, .period = rule.period, .burst = rule.burst});
    case RateCount::WrongPasswords:
        return u"%1 wrong passwords, forgotten after %2"_s.arg(QString::number(rule.amount), toText(rule.period));
    case RateCount::Accounts: return u"wrong passwords of %1 accounts in %2"_s.arg(QString::number(rule.amount), toText(rule.period));
    }
    Q_UNREACHABLE_RETURN({});
}

QString stateOf(const RuleView &rule) { return rule.enabled && rule.amount != 0 ? u"on"_s : u"off"_s; }

/// Who decided about its numbers.
QString originOf(const RuleView &rule)
{
    if (!rule.lockedBy.isEmpty())
        return rule.lockedBy;
    return !rule.isOwn ? u"added"_s : rule.isEdited ? u"edited"_s : u"settings"_s;
}

QStringList rowOf(const RuleView &rule)
{
    const QString routes = rule.counts == RateCount::Requests ? rule.routes.join(u", "_s) : u"passwords"_s;
    return {rule.name, allowsOf(rule), nameOf(rule.key), nameOf(rule.action), stateOf(rule), originOf(rule), routes};
}

QList<QStringList> factsOf(const RuleView &rule)
{
    QList<QStringList> facts {{u"name"_s, rule.name}, {u"state"_s, stateOf(rule)}, {u"allows"_s, allowsOf(rule)}};
    if (rule.longest > Seconds {0})
        facts += QStringList {rule.counts == RateCount::Accounts ? u"held back for"_s : u"longest wait"_s, toText(rule.longest)};
    facts += QList<QStringList> {{u"counts by"_s, nameOf(rule.key)}, {u"action"_s, nameOf(rule.action)}, {u"set by"_s, originOf(rule)}};
    const std::pair<QString, QString> maybe[] {{u"title"_s, rule.title},
                                               {u"setting"_s, rule.setting},
                                               {u"routes"_s, rule.routes.join(u", "_s)},
                                               {u"applies to"_s, rule.appliesTo}};
    for (const auto &[name, value] : maybe) {
        if (!value.isEmpty())
            facts += QStringList {name, value};
    }
    return facts;
}

/// Of the fullest bucket.
QString loadOf(const RuleView &rule) { return u"%1 %"_s.arg(qRound(rule.load * 100)); }

QList<QStringList> countsOf(const RuleView &rule)
{
    return {{u"load"_s, loadOf(rule)},
            {u"holds back now"_s, QString::number(rule.heldBack)},
            {u"in ten minutes"_s, u"%1 allowed, %2 denied"_s.arg(rule.allowed).arg(rule.denied)},
            {u"since the start"_s, u"%1 allowed, %2 denied"_s.arg(rule.allowedTotal).arg(rule.deniedTotal)}};
}

void print(const RuleView &rule) { printFacts(factsOf(rule)); }

void printBusiest(const QList<BusyKeyView> &keys)
{
    QList<QStringList> rows;
    for (const BusyKeyView &key : keys)
        rows += {key.who.isEmpty() ? u"-"_s : key.who,
                 key.error > 0 ? u"%1–%2"_s.arg(key.decisions - key.error).arg(key.decisions) : QString::number(key.decisions),
                 QString::number(key.denied)};
    printTable({u"BUSIEST IN AN HOUR"_s, u"COUNTED"_s, u"DENIED"_s}, rows, u"It counted nobody in the last hour."_s);
}

QList<QStringList> factsOf(const WhatIfView &found)
{
    const QString full = found.isCut ? u" (what was before had to make room: rate_limit.recorded)"_s : QString();
    return {{u"recorded since"_s, toText(found.from) + full},
            {u"requests"_s, QString::number(found.requests)},
            {found.tellsOnly ? u"would be told of"_s : u"would be denied"_s, QString::number(found.denied)},
            {u"of addresses"_s, QString::number(found.addresses)},
            {u"of accounts"_s, QString::number(found.accounts)},
            {u"successful sign-ins"_s, u"%1 of these"_s.arg(found.signIns)},
            {u"denied as it was"_s, QString::number(found.deniedNow)}};
}

/// The members of a rule that are counts, by the names that the rule itself has them under.
QJsonObject numbersOf(const RuleView &rule)
{
    const QJsonObject all = toJson(rule).toObject();
    QJsonObject numbers;
    for (const QLatin1StringView member : {"name"_L1, "enabled"_L1, "load"_L1, "held_back"_L1, "allowed"_L1, "denied"_L1,
                                           "allowed_total"_L1, "denied_total"_L1, "allowed_history"_L1, "denied_history"_L1})
        numbers.insert(member, all.value(member));
    return numbers;
}

} // namespace

int limitList(const CommandContext &context)
{
    return context.show(context.ask(ListRules {}), [](const QList<RuleView> &rules) {
        QList<QStringList> rows;
        for (const RuleView &rule : rules)
            rows += rowOf(rule);
        printTable({u"NAME"_s, u"ALLOWS"_s, u"COUNTS BY"_s, u"ACTION"_s, u"STATE"_s, u"SET BY"_s, u"ROUTES"_s}, rows, u"No limits."_s);
    });
}

int limitShow(const CommandContext &context)
{
    const auto rule = findRule(context, context.arguments.first());
    if (!rule)
        return fail(rule.error());
    const auto busiest = context.ask(ListBusyKeys {.rule = rule->name});
    if (!busiest)
        return fail(busiest.error());
    if (context.json) {
        QJsonObject object = toJson(*rule).toObject();
        object.insert("busiest"_L1, toJson(*busiest));
        printJson(object);
        return Done;
    }
    printFacts(factsOf(*rule) + countsOf(*rule));
    printLine({});
    printBusiest(*busiest);
    return Done;
}

int limitAdd(const CommandContext &context)
{
    const auto wish = wishOf(context);
    if (!wish)
        return wrongUsage(wish.error().detail);
    if (!wish->amount || !wish->routes)
        return wrongUsage(u"say what it allows and for what: --rate 30/1m --route login"_s);
    return context.show(context.ask(AddRule {.wish = *wish}), print);
}

int limitSet(const CommandContext &context)
{
    if (std::ranges::none_of(changing, [&context](const QString &option) { return context.parser.isSet(option); }))
        return wrongUsage(u"say what to change: --%1"_s.arg(changing.join(u", --"_s)));
    const auto wish = wishOf(context);
    if (!wish)
        return wrongUsage(wish.error().detail);
    return context.show(context.ask(EditRule {.wish = *wish}), print);
}

int limitReset(const CommandContext &context)
{
    const QString name = context.arguments.first();
    const auto reset = findRule(context, name).and_then([&](const RuleView &rule) -> Result<RuleView> {
        if (!rule.isOwn)
            return refused(ErrorCode::Conflict, u"%1 is none of Warder's own: `warderd limit remove %1` forgets it"_s.arg(name));
        return context.ask(RemoveRule {.rule = name}).and_then([&] { return findRule(context, name); });
    });
    return context.show(reset, print);
}

int limitRemove(const CommandContext &context)
{
    const QString name = context.arguments.first();
    const auto rule = findRule(context, name);
    if (!rule)
        return fail(rule.error());
    if (rule->isOwn)
        return fail({.code = ErrorCode::Conflict,
                     .detail = u"%1 is one of Warder's own, which stays: `warderd limit set %1 --disable` turns it off, `warderd limit "
                               "reset %1` makes it what the settings say"_s.arg(name)});
    if (!context.isConfirmed(u"Remove the limit %1? What it holds back goes on at once. This cannot be undone."_s.arg(name)))
        return Refused;
    const auto removed = context.ask(RemoveRule {.rule = name}).transform([&rule] { return *rule; });
    return context.show(removed, [](const RuleView &gone) { printLine(u"%1 is removed."_s.arg(gone.name)); });
}

int limitTry(const CommandContext &context)
{
    const auto wish = wishOf(context);
    if (!wish)
        return wrongUsage(wish.error().detail);
    const auto rules = context.ask(ListRules {});
    if (!rules)
        return fail(rules.error());
    const bool isNew = !std::ranges::contains(*rules, wish->name, &RuleView::name);
    if (isNew && (!wish->amount || !wish->routes))
        return wrongUsage(
            u"no limit is named %1; of a new one say what it allows and for what: --rate 30/1m --route login"_s.arg(shortened(wish->name)));
    return context.show(context.ask(TryRule {.wish = *wish, .isNew = isNew}), [](const WhatIfView &found) {
        if (found.requests == 0)
            return printLine(u"No request that it applies to has been recorded."_s);
        printFacts(factsOf(found));
    });
}

int limitStats(const CommandContext &context)
{
    const auto rules = context.ask(ListRules {});
    if (!rules)
        return fail(rules.error());
    const auto overview = context.ask(ReadOverview {});
    if (!overview)
        return fail(overview.error());
    if (context.json) {
        QJsonArray numbers;
        for (const RuleView &rule : *rules)
            numbers.append(numbersOf(rule));
        printJson(QJsonObject {{u"held_back"_s, overview->limitedNow}, {u"rules"_s, numbers}});
        return Done;
    }
    QList<QStringList> rows;
    for (const RuleView &rule : *rules)
        rows += {rule.name,
                 QString::number(rule.allowed),
                 QString::number(rule.denied),
                 QString::number(rule.allowedTotal),
                 QString::number(rule.deniedTotal),
                 QString::number(rule.heldBack),
                 loadOf(rule)};
    printTable(
        {u"NAME"_s, u"ALLOWED IN 10M"_s, u"DENIED IN 10M"_s, u"ALLOWED SINCE START"_s, u"DENIED SINCE START"_s, u"HOLDS BACK"_s, u"LOAD"_s},
        rows, u"No limits."_s);
    printLine(u"Held back now: %1"_s.arg(overview->limitedNow));
    return Done;
}

int limitHistory(const CommandContext &context)
{
    const auto window = context.durationGiven(u"last"_s);
    if (!window)
        return wrongUsage(window.error().detail);
    if (window->value_or(Seconds {0}) > ReadLimitHistory::longest)
        return wrongUsage(u"--last is 30 days at most: what was before is forgotten"_s);
    const ReadLimitHistory order {.rule = context.arguments.value(0), .window = window->value_or(std::chrono::minutes {10})};
    return context.show(context.ask(order), [](const QList<LimitPoint> &points) {
        QList<QStringList> rows;
        for (const LimitPoint &point : points) {
            if (point.allowed + point.denied > 0)
                rows += {toText(point.from), QString::number(point.allowed), QString::number(point.denied)};
        }
        printTable({u"FROM"_s, u"ALLOWED"_s, u"DENIED"_s}, rows, u"Nothing was counted in that time."_s);
    });
}

} // namespace warder
