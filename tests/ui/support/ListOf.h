#pragma once

#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsSide.h"

#include <algorithm>

namespace warder::test {

/// The list that a page is about, and not one of those that stand beside it about the selected row. Nothing: the page has none.
inline DataTable *listOf(const QWidget &page)
{
    const auto isBeside = [&page](const QWidget *table) {
        while (table != &page && !qobject_cast<const DetailsSide *>(table))
            table = table->parentWidget();
        return table != &page;
    };
    const auto tables = page.findChildren<DataTable *>();
    const auto found = std::ranges::find_if_not(tables, isBeside);
    return found == tables.end() ? nullptr : *found;
}

} // namespace warder::test
