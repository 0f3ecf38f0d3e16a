#include "ui/widgets/TableSelection.h"

#include "ui/widgets/TableHold.h"
#include "ui/widgets/TableModel.h"

#include <QItemSelection>
#include <QItemSelectionModel>
#include <QTableView>

#include <algorithm>
#include <limits>
#include <utility>

namespace warder {

TableSelection::TableSelection(QTableView &table, TableHold &hold) : m_table(table), m_hold(hold) {}

void TableSelection::start(const TableModel &model)
{
    const QItemSelectionModel *selection = m_table.selectionModel();
    connect(selection, &QItemSelectionModel::selectionChanged, this, [this](const QItemSelection &selected) {
        if (!selected.isEmpty())
            forgetNext(); // the person has chosen another one
        tell();
    });
    connect(selection, &QItemSelectionModel::currentChanged, this, &TableSelection::tell);
    connect(&model, &TableModel::changing, this, [this] { m_isChanging = true; });
    connect(&model, &TableModel::changed, this, [this] {
        m_isChanging = false;
        if (std::exchange(m_hasMoved, false))
            Q_EMIT moved();
    });
    connect(m_table.model(), &QAbstractItemModel::rowsRemoved, this, &TableSelection::goOn);
    connect(&m_hold, &TableHold::gone, this, &TableSelection::leaveOut);
}

/// Qt says that a selection has changed also where a row comes or goes beside it, and whoever hears that shows all details anew.
void TableSelection::tell()
{
    if (m_isChanging)
        m_hasMoved = true;
    else
        Q_EMIT moved();
}

/// By ranges: asked row by row, a selection of everything is as slow as it is long.
QList<int> TableSelection::places() const
{
    QList<int> places;
    const QItemSelection selection = m_table.selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int place = range.top(); place <= range.bottom(); ++place)
            places += place;
    }
    std::ranges::sort(places);
    return places;
}

QList<int> TableSelection::rows() const
{
    QList<int> rows = places();
    for (int &row : rows)
        row = m_hold.modelRow(row);
    rows.removeAll(-1); // such have gone
    return rows;
}

qsizetype TableSelection::count() const
{
    qsizetype rows = 0;
    const QItemSelection selection = m_table.selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        rows += range.height();
    return rows;
}

bool TableSelection::isAny(const std::function<bool(int row)> &fits) const
{
    const QItemSelection selection = m_table.selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int place = range.top(); place <= range.bottom(); ++place) {
            if (const int row = m_hold.modelRow(place); row >= 0 && fits(row))
                return true;
        }
    }
    return false;
}

void TableSelection::select(int row)
{
    forgetNext();
    m_hold.release(); // it may wait
    selectPlace(m_hold.placeOf(row));
}

void TableSelection::selectFirst()
{
    if (m_table.model()->rowCount() == 0 || m_table.selectionModel()->hasSelection())
        return;
    m_table.scrollToTop();
    selectPlace(0);
}

void TableSelection::selectPlace(int place)
{
    m_table.selectionModel()->setCurrentIndex(m_table.model()->index(place, 0),
                                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void TableSelection::selectNextOnceGone()
{
    m_hold.release();
    int top = std::numeric_limits<int>::max();
    int bottom = -1;
    const QItemSelection selection = m_table.selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        top = std::min(top, range.top());
        bottom = std::max(bottom, range.bottom());
    }
    m_isLeaving = bottom >= 0;
    const bool hasBelow = bottom + 1 < m_table.model()->rowCount();
    m_next = m_isLeaving ? m_table.model()->index(hasBelow ? bottom + 1 : top - 1, 0) : QModelIndex();
}

bool TableSelection::isLeaving(int place) const { return m_isLeaving && m_table.selectionModel()->isRowSelected(place); }

/// The last of them has gone: a removal of rows only shortens the selection.
void TableSelection::goOn()
{
    if (!m_isLeaving || m_table.selectionModel()->hasSelection())
        return;
    m_isLeaving = false;
    if (const QPersistentModelIndex next = std::exchange(m_next, {}); next.isValid())
        selectPlace(next.row());
}

/// Orders would be about nobody.
void TableSelection::leaveOut(int place)
{
    m_table.selectionModel()->select(m_table.model()->index(place, 0), QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
}

} // namespace warder
