#include "ui/widgets/SortedRows.h"

#include "ui/widgets/TableModel.h"

namespace warder {

SortedRows::SortedRows()
{
    setSortRole(SortRole);
    setSortLocaleAware(true);
}

bool SortedRows::isInPlace(int row) const
{
    if (sortColumn() < 0)
        return true;
    const auto isBefore = [this](int one, int other) {
        const QModelIndex a = mapToSource(index(one, sortColumn()));
        const QModelIndex b = mapToSource(index(other, sortColumn()));
        return sortOrder() == Qt::AscendingOrder ? lessThan(a, b) : lessThan(b, a);
    };
    return (row == 0 || !isBefore(row, row - 1)) && (row + 1 >= rowCount() || !isBefore(row + 1, row));
}

} // namespace warder
