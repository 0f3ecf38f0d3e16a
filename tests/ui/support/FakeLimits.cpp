#include "tests/ui/support/FakeConsole.h"

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

/// "search_per_address amount=5 enabled=0": the members that have a value.
QString inWords(const RuleWish &wish)
{
    QStringList words {wish.name};
    const auto say = [&words](const QString &member, const auto &value, const auto &text) {
        if (value)
            words += member + u'=' + text(*value);
    };
    const auto number = [](qint64 value) { return QString::number(value); };
    const auto seconds = [](Seconds value) { return QString::number(value.count()); };
    say(u"title"_s, wish.title, [](const QString &title) { return title; });
    say(u"routes"_s, wish.routes, [](const QStringList &routes) { return routes.join(u'|'); });
    say(u"key"_s, wish.key, [](RateKey key) { return QString(nameOf(key)); });
    say(u"amount"_s, wish.amount, number);
    say(u"period"_s, wish.period, seconds);
    say(u"burst"_s, wish.burst, number);
    say(u"longest"_s, wish.longest, seconds);
    say(u"action"_s, wish.action, [](RateAction action) { return QString(nameOf(action)); });
    say(u"enabled"_s, wish.enabled, number);
    return words.join(u' ');
}

/// As the core says that a member was left empty.
std::unexpected<Error> lacks(const QString &member)
{
    return std::unexpected(
        Error {.code = ErrorCode::InvalidInput, .faults = {{.type = u"missing"_s, .location = {member}, .message = u"Field required"_s}}});
}

void apply(const RuleWish &wish, RuleView &rule)
{
    rule.name = wish.name;
    rule.title = wish.title.value_or(rule.title);
    rule.routes = wish.routes.value_or(rule.routes);
    rule.appliesTo = rule.routes.join(u", "_s);
    rule.key = wish.key.value_or(rule.key);
    rule.amount = wish.amount.value_or(rule.amount);
    rule.period = wish.period.value_or(rule.period);
    rule.burst = wish.burst.value_or(rule.burst);
    rule.longest = wish.longest.value_or(rule.longest);
    rule.action = wish.action.value_or(rule.action);
    rule.enabled = wish.enabled.value_or(rule.enabled);
}

} // namespace

void FakeConsole::teachLimits()
{
    teach<ListRules>([this](const auto &) { return Play<ListRules> {u"limitRules"_s, rules}; });
    teach<ListSelectors>([this](const auto &) {
        QList<SelectorView> all;
        for (const QString &each : std::as_const(selectors))
            all += {.selector = each, .appliesTo = each};
        return Play<ListSelectors> {u"limitSelectors"_s, all};
    });
    teach<ReadLimitHistory>([this](const ReadLimitHistory &order) {
        return Play<ReadLimitHistory> {u"limitHistory %1 %2"_s.arg(order.rule).arg(order.window.count()), history};
    });
    teach<ReadDenials>([this](const ReadDenials &order) { return Play<ReadDenials> {u"denials %1"_s.arg(order.window.count()), denials}; });
    teach<ListHeldBack>([this](const ListHeldBack &order) {
        QList<HeldBackView> rows = heldBack;
        if (order.window == Seconds {0})
            rows.removeIf([this](const HeldBackView &row) { return row.until <= m_clock.now(); });
        return Play<ListHeldBack> {u"heldBack %1"_s.arg(order.window.count()), rows};
    });
    teach<ListBusyKeys>([this](const ListBusyKeys &order) { return Play<ListBusyKeys> {u"busyKeys %1"_s.arg(order.rule), busyKeys}; });
    teach<Unblock>([this](const Unblock &order) {
        QStringList pairs;
        qsizetype freed = 0;
        for (const HeldBackPair &each : order.who) {
            pairs += each.address + u' ' + each.account;
            if (!isToFail(u"unblock"_s))
                freed += heldBack.removeIf(
                    [&each](const HeldBackView &row) { return row.address == each.address && row.account == each.account; });
        }
        return Play<Unblock> {u"unblock "_s + pairs.join(u", "_s), freed > 0 ? Result<int>(int(freed)) : refused(ErrorCode::NotFound)};
    });
    teachRuleChanges();
    teachNetworks();
}

Result<RuleView> FakeConsole::edited(const RuleWish &wish)
{
    const auto rule = std::ranges::find(rules, wish.name, &RuleView::name);
    if (rule == rules.end())
        return refused(ErrorCode::NotFound, u"no such rule"_s);
    if (!isToFail(u"editRule"_s)) {
        apply(wish, *rule);
        rule->isEdited = true;
    }
    return *rule;
}

void FakeConsole::teachRuleChanges()
{
    teach<TryRule>([this](const TryRule &order) { return Play<TryRule> {u"whatIf "_s + inWords(order.wish), whatIf}; });
    teach<AddRule>([this](const AddRule &order) {
        const QString what = u"addRule "_s + inWords(order.wish);
        if (order.wish.name.isEmpty())
            return Play<AddRule> {what, Result<RuleView>(lacks(u"name"_s))};
        RuleView rule;
        rule.isOwn = false;
        apply(order.wish, rule);
        if (!isToFail(u"addRule"_s))
            rules += rule;
        return Play<AddRule> {what, rule};
    });
    teach<EditRule>([this](const EditRule &order) { return Play<EditRule> {u"editRule "_s + inWords(order.wish), edited(order.wish)}; });
    teach<RemoveRule>([this](const RemoveRule &order) {
        const auto rule = std::ranges::find(rules, order.rule, &RuleView::name);
        if (rule != rules.end() && rule->isOwn)
            rule->isEdited = false;
        else if (!isToFail(u"removeRule"_s))
            rules.removeIf([&order](const RuleView &each) { return each.name == order.rule; });
        return Play<RemoveRule> {u"removeRule %1"_s.arg(order.rule), {}};
    });
}

void FakeConsole::teachNetworks()
{
    teach<ListNetworks>([this](const auto &) { return Play<ListNetworks> {u"networks"_s, networks}; });
    teach<AddNetwork>([this](const AddNetwork &order) {
        const NetworkView network {.id = Id::create(m_clock.now()),
                                   .network = order.network,
                                   .standing = order.standing,
                                   .reason = order.reason,
                                   .until = order.until,
                                   .createdAt = m_clock.now(),
                                   .createdBy = u"console"_s};
        const QString span =
            order.until ? QString::number(std::chrono::duration_cast<Seconds>(*order.until - m_clock.now()).count()) : u"ever"_s;
        const QString what = u"addNetwork %1 %2 %3 %4"_s.arg(order.network, nameOf(order.standing), span, order.reason);
        if (order.network.isEmpty())
            return Play<AddNetwork> {what, Result<NetworkView>(lacks(u"network"_s))};
        if (!isToFail(u"addNetwork"_s)) {
            networks.removeIf([&order](const NetworkView &each) { return each.network == order.network; });
            networks += network;
        }
        return Play<AddNetwork> {what, network};
    });
    teach<RemoveNetwork>([this](const RemoveNetwork &order) {
        const auto network = std::ranges::find(networks, order.id, &NetworkView::id);
        const QString name = network == networks.end() ? QString() : network->network;
        if (!isToFail(u"removeNetwork"_s))
            networks.removeIf([&order](const NetworkView &each) { return each.id == order.id; });
        return Play<RemoveNetwork> {u"removeNetwork %1"_s.arg(name), {}};
    });
}

} // namespace warder::test
