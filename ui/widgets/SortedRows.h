#pragma once

#include <QSortFilterProxyModel>

namespace warder {

/// The rows of a table in the order that a person chose, by SortRole. A part of DataTable. GUI thread.
class SortedRows final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    SortedRows();

    /// Whether the row stands between its neighbours as its value wants it. Of rows that nobody sorted each does.
    bool isInPlace(int row) const;
};

} // namespace warder
