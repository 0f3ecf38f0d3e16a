#include "app/cli/Commands.h"

#include "core/base/Text.h"
#include "core/console/orders/Limits.h"
#include "core/ratelimit/NetworkRule.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QStringList rowOf(const HeldBackView &row)
{
    const bool isOver = row.until <= SystemClock().now();
    return {row.address.isEmpty() ? u"-"_s : row.address,
            row.account.isEmpty() ? u"-"_s : row.account,
            row.rules.join(u", "_s),
            toText(row.since),
            isOver ? u"over"_s : toText(row.until),
            QString::number(row.denials),
            QString::number(row.signIns),
            QString::number(row.accounts)};
}

QStringList rowOf(const NetworkView &network)
{
    return {network.network,      nameOf(network.standing),  network.until ? toText(*network.until) : u"-"_s,
            network.reason,       toText(network.createdAt), network.createdBy,
            network.id.toString()};
}

void printNetworks(const QList<NetworkView> &networks)
{
    QList<QStringList> rows;
    for (const NetworkView &network : networks)
        rows += rowOf(network);
    printTable({u"NETWORK"_s, u"STANDING"_s, u"UNTIL"_s, u"REASON"_s, u"ADDED"_s, u"BY"_s, u"ID"_s}, rows,
               u"No network is exempt or blocked."_s);
}

int add(const CommandContext &context, NetworkStanding standing)
{
    const auto lasting = context.durationGiven(u"for"_s);
    if (!lasting)
        return wrongUsage(lasting.error().detail);
    AddNetwork order {.network = context.arguments.first(), .standing = standing, .reason = context.parser.value(u"reason"_s)};
    if (*lasting)
        order.until = SystemClock().now() + **lasting;
    return context.show(context.ask(order), [](const NetworkView &added) { printNetworks({added}); });
}

/// As it stands in the list, whether it was typed as an address or as a network; or its id.
bool isMeant(const NetworkView &network, const QString &typed)
{
    const auto parsed = parseNetwork(typed);
    return network.id.toString() == typed || network.network == (parsed ? toText(*parsed) : typed);
}

/// List after list, until one has them all, or nobody of it could be unblocked.
Result<qint64> unblockAll(const CommandContext &context, const QString &who)
{
    qint64 unblocked = 0;
    while (true) {
        const auto rows = context.ask(ListHeldBack {.who = who});
        if (!rows)
            return refused(rows);
        const auto some = rows->isEmpty() ? Result<int>(0) : context.ask(Unblock::of(*rows));
        if (!some && some.error().code != ErrorCode::NotFound)
            return refused(some);
        unblocked += some.value_or(0); // who is free meanwhile is none of them
        if (some.value_or(0) == 0 || rows->size() < ListHeldBack::most)
            return unblocked;
    }
}

} // namespace

int limitHeld(const CommandContext &context)
{
    const auto window = context.durationGiven(u"last"_s);
    if (!window)
        return wrongUsage(window.error().detail);
    if (window->value_or(Seconds {0}) > ListHeldBack::longest)
        return wrongUsage(u"--last is 24 hours at most: what was before is forgotten"_s);
    const ListHeldBack order {.window = window->value_or(Seconds {0}), .who = context.arguments.value(0)};
    return context.show(context.ask(order), [&order](const QList<HeldBackView> &rows) {
        QList<QStringList> table;
        for (const HeldBackView &row : rows)
            table += rowOf(row);
        const QStringList titles {u"ADDRESS"_s, u"ACCOUNT"_s, u"LIMITS"_s, u"SINCE"_s, u"UNTIL"_s, u"DENIED"_s, u"SIGN-INS"_s, u"TRIED"_s};
        printTable(titles, table, order.window > Seconds {0} ? u"Nobody was held back in that time."_s : u"Nobody is held back."_s);
        if (rows.size() == ListHeldBack::most)
            printLine(u"Only the %1 who wait longest are listed: name an address or an account to find others."_s.arg(rows.size()));
    });
}

int limitUnblock(const CommandContext &context)
{
    const QString who = context.arguments.first();
    const auto unblocked = unblockAll(context, who);
    if (!unblocked)
        return fail(unblocked.error());
    if (*unblocked == 0)
        return fail({.code = ErrorCode::NotFound, .detail = u"%1 is not held back now"_s.arg(shortened(who))});
    if (context.json)
        printJson(QJsonObject {{u"unblocked"_s, *unblocked}});
    else
        printLine(u"%1 may go on."_s.arg(who));
    return Done;
}

int limitExempt(const CommandContext &context) { return add(context, NetworkStanding::Exempt); }

int limitBlock(const CommandContext &context) { return add(context, NetworkStanding::Blocked); }

int limitNetworks(const CommandContext &context) { return context.show(context.ask(ListNetworks {}), printNetworks); }

int limitForget(const CommandContext &context)
{
    const QString typed = context.arguments.first().trimmed();
    auto found = context.ask(ListNetworks {});
    if (!found)
        return fail(found.error());
    found->removeIf([&typed](const NetworkView &network) { return !isMeant(network, typed); });
    if (found->isEmpty())
        return fail({.code = ErrorCode::NotFound, .detail = u"%1 is neither exempt nor blocked"_s.arg(shortened(typed))});
    for (const NetworkView &network : std::as_const(*found)) {
        if (const auto gone = context.ask(RemoveNetwork {.id = network.id}); !gone)
            return fail(gone.error());
    }
    return context.show(found, [](const QList<NetworkView> &gone) {
        printLine(u"%1 is neither exempt nor blocked any more."_s.arg(gone.first().network));
    });
}

} // namespace warder
