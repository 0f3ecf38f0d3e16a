#pragma once

#include "app/cli/Commands.h"
#include "app/cli/Output.h"

#include <functional>

namespace warder {

/// Prints an answer, as JSON where that is asked for, or its refusal. Returns the exit code.
template <typename T>
int show(const CommandContext &context, const Result<T> &answer, const std::function<void(const T &)> &print)
{
    if (!answer)
        return fail(answer.error());
    if (context.json)
        printJson(toJson(*answer));
    else
        print(*answer);
    return Done;
}

/// The same for every page of a list, as a table of what `rowOf` makes of each row.
template <typename Order>
int showAll(const CommandContext &context, Order order, const QStringList &head, const auto &rowOf, const QString &whenEmpty)
{
    decltype(Order::Answer::rows) all;
    do {
        const auto page = context.ask(order);
        if (!page)
            return fail(page.error());
        all += page->rows;
        order.cursor = page->next;
    } while (!order.cursor.isEmpty());
    return show<decltype(all)>(context, all, [&](const auto &rows) {
        QList<QStringList> table;
        std::ranges::transform(rows, std::back_inserter(table), rowOf);
        printTable(head, table, whenEmpty);
    });
}

} // namespace warder
