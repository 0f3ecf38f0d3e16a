#include "ui/widgets/TableSorting.h"

#include "ui/widgets/FlatHeader.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

TableSorting::TableSorting(QTableView &table, QSortFilterProxyModel &rows) : m_table(table), m_rows(rows) {}

void TableSorting::start()
{
    m_table.setSortingEnabled(true);
    m_table.sortByColumn(-1, Qt::AscendingOrder);
    connect(m_table.horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &TableSorting::note);
}

void TableSorting::note(int section, Qt::SortOrder order)
{
    if (m_applying)
        return;
    m_wanted = {.section = section, .order = order};
    m_chosen.reset();
    if (m_complete)
        return;
    apply();
    if (isWaiting())
        Q_EMIT wanted();
}

void TableSorting::apply()
{
    m_applying = true;
    const Sorting sorting = m_complete ? m_wanted : Sorting {};
    m_table.horizontalHeader()->setSortIndicator(sorting.section, sorting.order);
    m_rows.sort(sorting.section, sorting.order);
    m_applying = false;
}

void TableSorting::setComplete(bool complete)
{
    if (std::exchange(m_complete, complete) != complete)
        apply();
}

void TableSorting::setWhyNot(const QString &why)
{
    if (std::exchange(m_whyNot, why) == why)
        return;
    if (auto *header = qobject_cast<FlatHeader *>(m_table.horizontalHeader()))
        header->setWhyUnsortable(why);
}

void TableSorting::forget()
{
    m_wanted = {};
    apply();
}

void TableSorting::sortForNow(int column)
{
    const Sorting chosen = m_chosen.value_or(m_wanted);
    m_table.sortByColumn(column, Qt::AscendingOrder);
    m_chosen = chosen;
}

void TableSorting::fillMenu(QMenu &menu)
{
    menu.clear();
    menu.setToolTipsVisible(!m_whyNot.isEmpty());
    const auto add = [this, &menu](const QString &text, bool isSo, const Sorting &sorting) {
        QAction *action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(isSo);
        action->setEnabled(m_whyNot.isEmpty());
        action->setToolTip(m_whyNot);
        connect(action, &QAction::triggered, this, [this, sorting] { m_table.sortByColumn(sorting.section, sorting.order); });
        return action;
    };
    const QHeaderView *header = m_table.horizontalHeader();
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!m_table.isColumnHidden(column))
            add(m_rows.headerData(column, Qt::Horizontal).toString(), m_wanted.section == column,
                {.section = column, .order = m_wanted.order});
    }
    menu.addSeparator();
    const bool isDown = m_wanted.order == Qt::DescendingOrder;
    //: Menu item: turns the order of a sorted table round, the largest first.
    QAction *down = add(tr("&Descending"), m_wanted.section >= 0 && isDown,
                        {.section = m_wanted.section, .order = isDown ? Qt::AscendingOrder : Qt::DescendingOrder});
    down->setEnabled(m_wanted.section >= 0 && m_whyNot.isEmpty());
    //: Menu item: the rows of a table stand in the order in which the server has them.
    add(tr("&Not sorted"), m_wanted.section < 0, {})->setEnabled(true);
}

void TableSorting::restore(const QSettings &memory, const QString &key)
{
    m_applying = true; // a state may hold an order that this list cannot have yet
    m_table.horizontalHeader()->restoreState(memory.value(key + u"/columns"_s).toByteArray());
    m_table.horizontalHeader()->setStretchLastSection(true);
    m_table.horizontalHeader()->setSectionsClickable(m_whyNot.isEmpty()); // the state may be that of a list that was too long
    m_applying = false;
    m_wanted = {.section = memory.value(key + u"/sortedBy"_s, -1).toInt(),
                .order = memory.value(key + u"/sortedDown"_s).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder};
    if (m_wanted.section >= m_rows.columnCount())
        m_wanted = {};
    apply();
}

void TableSorting::remember(QSettings &memory, const QString &key) const
{
    memory.setValue(key + u"/columns"_s, m_table.horizontalHeader()->saveState());
    const Sorting chosen = m_chosen.value_or(m_wanted);
    memory.setValue(key + u"/sortedBy"_s, chosen.section);
    memory.setValue(key + u"/sortedDown"_s, chosen.order == Qt::DescendingOrder);
}

} // namespace warder
