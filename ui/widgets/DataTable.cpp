#include "ui/widgets/DataTable.h"

#include "ui/support/Csv.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Tone.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/ColumnFit.h"
#include "ui/widgets/FlatHeader.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace warder {

DataTable::DataTable(const QString &name, const QString &key, QWidget *parent) : QTableView(parent), m_name(name), m_key(key)
{
    setAccessibleName(name);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 14);
    setHorizontalHeader(new FlatHeader(this));
    setItemDelegate(new CellDelegate(this));
    followPalette(this, [this] {
        QPalette own;
        own.setColor(QPalette::Base, surface(parentWidget()->palette()));
        setPalette(own);
    });
    m_sorted.setSortRole(SortRole);
    m_sorted.setSortLocaleAware(true);
    addActions();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &DataTable::stopAtWhatWasRead);
}

void DataTable::addActions()
{
    setContextMenuPolicy(Qt::ActionsContextMenu);
    //: Menu item: copies the selected rows of a table.
    auto *copy = new QAction(tr("&Copy rows"), this);
    copy->setShortcuts(QKeySequence::Copy);
    //: Menu item: saves the rows of a table to a CSV file.
    auto *save = new QAction(tr("&Export as CSV…"), this);
    save->setShortcut(Qt::CTRL | Qt::Key_E);
    for (QAction *action : {copy, save}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        addAction(action);
    }
    connect(copy, &QAction::triggered, this, &DataTable::copySelection);
    connect(save, &QAction::triggered, this, &DataTable::exportCsv);
}

void DataTable::addColumnsMenu()
{
    auto *menu = new QMenu(this);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { m_fit->fillMenu(*menu); });
    //: Menu item: leads to the columns of a table, to show and hide them.
    auto *columns = new QAction(tr("C&olumns"), this);
    columns->setMenu(menu);
    addAction(columns);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, menu,
            [this, menu](const QPoint &at) { menu->popup(horizontalHeader()->viewport()->mapToGlobal(at)); });
}

void DataTable::present(TableModel *model)
{
    m_sorted.setSourceModel(model);
    setModel(&m_sorted);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder);
    m_fit = new ColumnFit(*this);
    addColumnsMenu();
    connect(model, &TableModel::changing, this, &DataTable::notePlace);
    connect(model, &TableModel::changed, this, &DataTable::restorePlace);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &DataTable::noteSorting);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &DataTable::selectionMoved);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &DataTable::selectionMoved);
}

void DataTable::noteSorting(int section, Qt::SortOrder order)
{
    if (m_sorting)
        return;
    m_wanted = {.section = section, .order = order};
    m_chosen.reset();
    if (m_complete)
        return;
    applySorting();
    if (wantsSorting())
        Q_EMIT sortingWanted();
}

void DataTable::applySorting()
{
    m_sorting = true;
    const Sorting sorting = m_complete ? m_wanted : Sorting {};
    horizontalHeader()->setSortIndicator(sorting.section, sorting.order);
    m_sorted.sort(sorting.section, sorting.order);
    m_sorting = false;
}

void DataTable::setComplete(bool complete)
{
    if (std::exchange(m_complete, complete) != complete)
        applySorting();
}

void DataTable::setTotal(std::optional<qint64> rows)
{
    if (std::exchange(m_total, rows) != rows)
        updateGeometries();
}

void DataTable::updateGeometries()
{
    QTableView::updateGeometries();
    m_readEnd = verticalScrollBar()->maximum();
    const qint64 rows = m_sorted.rowCount();
    if (m_complete || rows == 0)
        return;
    const qint64 missing = qMax<qint64>(1, m_total.value_or(0) - rows) * verticalHeader()->defaultSectionSize();
    verticalScrollBar()->setMaximum(int(qMin<qint64>(m_readEnd + missing, std::numeric_limits<int>::max() / 2)));
}

/// Qt would choose the neighbour of the one that goes, and the next order would be about somebody else.
void DataTable::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    if (selectionMode() == SingleSelection && currentIndex().row() >= first && currentIndex().row() <= last)
        selectionModel()->clear();
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

/// The view asks for more rows only at the bar's own end.
void DataTable::stopAtWhatWasRead()
{
    if (m_complete || verticalScrollBar()->value() < m_readEnd)
        return;
    verticalScrollBar()->setValue(m_readEnd);
    if (m_sorted.canFetchMore({}))
        m_sorted.fetchMore({});
}

void DataTable::forgetSorting()
{
    m_wanted = {};
    applySorting();
}

void DataTable::sortForNow(int column)
{
    const Sorting chosen = m_chosen.value_or(m_wanted);
    sortByColumn(column, Qt::AscendingOrder);
    m_chosen = chosen;
}

void DataTable::setExporter(std::function<QString()> title, std::function<void(const QString &file)> exporter)
{
    m_exportTitle = std::move(title);
    m_exporter = std::move(exporter);
}

/// On the screen, from the top.
QList<int> DataTable::selectedPlaces() const
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows += index.row();
    std::ranges::sort(rows);
    return rows;
}

QList<int> DataTable::selectedRows() const
{
    QList<int> rows = selectedPlaces();
    for (int &row : rows)
        row = m_sorted.mapToSource(m_sorted.index(row, 0)).row();
    return rows;
}

void DataTable::selectRow(int row)
{
    const QModelIndex index = m_sorted.mapFromSource(m_sorted.sourceModel()->index(row, 0));
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void DataTable::notePlace()
{
    m_seen.clear();
    const bool anchored = verticalScrollBar()->value() > 0 || selectionModel()->hasSelection();
    for (int row = rowAt(0); anchored && row >= 0 && row < m_sorted.rowCount() && rowViewportPosition(row) < viewport()->height(); ++row)
        m_seen.append({QPersistentModelIndex(m_sorted.index(row, 0)), rowViewportPosition(row)});
    // A selected row in view is what the person looks at.
    std::ranges::stable_partition(m_seen, [this](const auto &it) { return selectionModel()->isRowSelected(it.first.row(), {}); });
}

void DataTable::restorePlace()
{
    const auto seen = std::exchange(m_seen, {});
    const auto stayed = std::ranges::find_if(seen, [](const auto &it) { return it.first.isValid(); });
    if (stayed == seen.end())
        return;
    updateGeometries();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + rowViewportPosition(stayed->first.row()) - stayed->second);
}

void DataTable::restoreColumns(const QSettings &memory)
{
    m_sorting = true; // a state may hold an order that this list cannot have yet
    horizontalHeader()->restoreState(memory.value(m_key + u"/columns"_s).toByteArray());
    horizontalHeader()->setStretchLastSection(true);
    m_sorting = false;
    m_wanted = {.section = memory.value(m_key + u"/sortedBy"_s, -1).toInt(),
                .order = memory.value(m_key + u"/sortedDown"_s).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder};
    if (m_wanted.section >= m_sorted.columnCount())
        m_wanted = {};
    applySorting();
    m_fit->setByHand(memory.value(m_key + u"/columnsByHand"_s).toBool());
}

void DataTable::rememberColumns(QSettings &memory) const
{
    memory.setValue(m_key + u"/columns"_s, horizontalHeader()->saveState());
    memory.setValue(m_key + u"/columnsByHand"_s, m_fit->isByHand());
    const Sorting chosen = m_chosen.value_or(m_wanted);
    memory.setValue(m_key + u"/sortedBy"_s, chosen.section);
    memory.setValue(m_key + u"/sortedDown"_s, chosen.order == Qt::DescendingOrder);
}

QStringList DataTable::cellsOf(int row, int role) const
{
    QStringList cells;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual)
        cells += m_sorted.index(row, horizontalHeader()->logicalIndex(visual)).data(role).toString();
    return cells;
}

void DataTable::copySelection() const
{
    QStringList lines;
    for (const int row : selectedPlaces())
        lines += cellsOf(row, Qt::DisplayRole).replaceInStrings(QRegularExpression(u"[\t\n]"_s), u" "_s).join(u'\t');
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

QString DataTable::asCsv() const
{
    QStringList titles;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual)
        titles += m_sorted.headerData(horizontalHeader()->logicalIndex(visual), Qt::Horizontal).toString();
    QString csv = Csv::line(titles);
    for (int row = 0; row < m_sorted.rowCount(); ++row)
        csv += Csv::line(cellsOf(row, RawRole));
    return csv;
}

void DataTable::exportCsv()
{
    auto *dialog = new QFileDialog(this, m_exportTitle(), m_name + u".csv"_s);
    dialog->setObjectName(u"export"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, m_exporter);
    dialog->open();
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_fit)
        m_fit->fit();
}

void DataTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    // Arrived by keyboard with nothing under the cursor: the arrows need a place to start from.
    if (event->reason() != Qt::MouseFocusReason && !currentIndex().isValid() && m_sorted.rowCount() > 0)
        selectionModel()->setCurrentIndex(m_sorted.index(0, 0), QItemSelectionModel::NoUpdate);
}

} // namespace warder
