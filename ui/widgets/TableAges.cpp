#include "ui/widgets/TableAges.h"

#include <QTableView>

namespace warder {

void TableAges::pass(const QList<int> &columns)
{
    QHash<std::pair<int, int>, QString> told;
    const int height = m_table.isVisible() ? m_table.viewport()->height() : 0; // one that comes up is painted anyway
    const int rows = m_table.model()->rowCount();
    for (int row = m_table.rowAt(0); row >= 0 && row < rows && m_table.rowViewportPosition(row) < height; ++row) {
        for (const int column : columns) {
            if (m_table.isColumnHidden(column))
                continue;
            const QModelIndex index = m_table.model()->index(row, column);
            const QString text = index.data().toString();
            if (m_told.value({row, column}) != text)
                m_table.update(index);
            told.insert({row, column}, text);
        }
    }
    m_told = std::move(told);
}

} // namespace warder
