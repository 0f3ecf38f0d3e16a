#include "ui/widgets/TableScroll.h"

#include <QAbstractItemModel>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <limits>
#include <utility>

namespace warder {

TableScroll::TableScroll(QTableView &table, QAbstractItemModel &rows, std::function<void()> updateGeometries)
    : m_table(table), m_rows(rows), m_updateGeometries(std::move(updateGeometries))
{
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, &TableScroll::stopAtWhatWasRead);
}

void TableScroll::setTotal(std::optional<qint64> rows)
{
    if (std::exchange(m_total, rows) != rows)
        m_updateGeometries();
}

void TableScroll::setBeginsInside(bool inside)
{
    if (std::exchange(m_beginsInside, inside) == inside)
        return;
    m_table.setVerticalScrollBarPolicy(inside ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    m_updateGeometries();
}

bool TableScroll::isNearTop() const { return m_table.verticalScrollBar()->value() < m_table.viewport()->height(); }

void TableScroll::extend()
{
    m_readEnd = m_table.verticalScrollBar()->maximum();
    const qint64 rows = m_rows.rowCount();
    if (m_complete || m_beginsInside || rows == 0)
        return;
    const qint64 missing = qMax<qint64>(1, m_total.value_or(0) - rows) * m_table.verticalHeader()->defaultSectionSize();
    m_table.verticalScrollBar()->setMaximum(int(qMin<qint64>(m_readEnd + missing, std::numeric_limits<int>::max() / 2)));
}

/// The view asks for more rows only at the bar's own end.
void TableScroll::stopAtWhatWasRead()
{
    if (m_complete || m_table.verticalScrollBar()->value() < m_readEnd)
        return;
    m_table.verticalScrollBar()->setValue(m_readEnd);
    if (m_rows.canFetchMore({}))
        m_rows.fetchMore({});
}

void TableScroll::notePlace()
{
    m_seen.clear();
    const QItemSelectionModel *selection = m_table.selectionModel();
    const int height = m_table.viewport()->height();
    const bool anchored = m_beginsInside || m_table.verticalScrollBar()->value() > 0 || selection->hasSelection();
    for (int row = m_table.rowAt(0); anchored && row >= 0 && row < m_rows.rowCount() && m_table.rowViewportPosition(row) < height; ++row)
        m_seen.append({QPersistentModelIndex(m_rows.index(row, 0)), m_table.rowViewportPosition(row)});
    // A selected row in view is what the person looks at.
    std::ranges::stable_partition(m_seen, [selection](const auto &it) { return selection->isRowSelected(it.first.row(), {}); });
}

void TableScroll::restorePlace()
{
    const auto seen = std::exchange(m_seen, {});
    const auto stayed = std::ranges::find_if(seen, [](const auto &it) { return it.first.isValid(); });
    if (stayed == seen.end())
        return;
    m_updateGeometries();
    QScrollBar *bar = m_table.verticalScrollBar();
    bar->setValue(bar->value() + m_table.rowViewportPosition(stayed->first.row()) - stayed->second);
}

} // namespace warder
