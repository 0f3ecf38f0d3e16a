#include "ui/widgets/DataTable.h"

#include "ui/widgets/RowsModel.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSaveFile>
#include <QScrollBar>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

QString csvCell(QString text)
{
    static const QString formula = u"=+-@\t\r"_s;
    if (!text.isEmpty() && formula.contains(text.front()))
        text.prepend(u'\'');
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

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
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_sorted.setSortRole(SortRole);
    m_sorted.setSortLocaleAware(true);
    addActions();
}

void DataTable::addActions()
{
    setContextMenuPolicy(Qt::ActionsContextMenu);
    //: Menu item: copies the selected rows of a table.
    auto *copy = new QAction(tr("&Copy rows"), this);
    copy->setShortcut(QKeySequence::Copy);
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

void DataTable::present(QAbstractItemModel *model, const QList<int> &widths)
{
    m_sorted.setSourceModel(model);
    setModel(&m_sorted);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder);
    const int unit = fontMetrics().averageCharWidth();
    for (int column = 0; column < widths.size(); ++column)
        setColumnWidth(column, widths[column] * unit);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &DataTable::selectionMoved);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &DataTable::selectionMoved);
}

QList<int> DataTable::selectedRows() const
{
    QList<int> rows;
    const auto selected = selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows += index.row();
    std::sort(rows.begin(), rows.end());
    for (int &row : rows)
        row = m_sorted.mapToSource(m_sorted.index(row, 0)).row();
    return rows;
}

int DataTable::currentRow() const
{
    return m_sorted.mapToSource(currentIndex()).row();
}

void DataTable::selectRow(int row)
{
    const QModelIndex index = m_sorted.mapFromSource(m_sorted.sourceModel()->index(row, 0));
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void DataTable::keepingPlace(const std::function<void()> &change)
{
    QList<std::pair<QPersistentModelIndex, int>> seen;   // what is in view, and where
    const bool anchored = verticalScrollBar()->value() > 0 || selectionModel()->hasSelection();
    for (int row = rowAt(0); anchored && row >= 0 && row < m_sorted.rowCount() && rowViewportPosition(row) < viewport()->height(); ++row)
        seen.append({QPersistentModelIndex(m_sorted.index(row, 0)), rowViewportPosition(row)});
    // A selected row in view is what the person looks at.
    std::ranges::stable_partition(seen, [this](const auto &it) { return selectionModel()->isRowSelected(it.first.row(), {}); });
    change();
    const auto stayed = std::ranges::find_if(seen, [](const auto &it) { return it.first.isValid(); });
    if (stayed == seen.end())
        return;
    updateGeometries();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + rowViewportPosition(stayed->first.row()) - stayed->second);
}

void DataTable::restoreColumns(const QSettings &memory)
{
    horizontalHeader()->restoreState(memory.value(m_key + u"/columns"_s).toByteArray());
    horizontalHeader()->setStretchLastSection(true);
}

void DataTable::rememberColumns(QSettings &memory) const
{
    memory.setValue(m_key + u"/columns"_s, horizontalHeader()->saveState());
}

QString DataTable::textOf(const QList<int> &rows, bool withHeader) const
{
    QStringList lines;
    const auto line = [this](auto cell) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual)
            cells += cell(horizontalHeader()->logicalIndex(visual));
        return cells;
    };
    if (withHeader)
        lines += line([this](int column) { return csvCell(m_sorted.headerData(column, Qt::Horizontal).toString()); }).join(u',');
    for (const int row : rows) {
        const auto cell = [this, row](int column) { return m_sorted.index(row, column).data().toString(); };
        lines += withHeader ? line([&](int column) { return csvCell(cell(column)); }).join(u',')
                            : line([&](int column) { return cell(column).replace(u'\t', u' ').replace(u'\n', u' '); }).join(u'\t');
    }
    return lines.join(withHeader ? u"\r\n"_s : u"\n"_s);
}

void DataTable::copySelection() const
{
    QList<int> rows;
    const auto selected = selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows += index.row();
    std::sort(rows.begin(), rows.end());
    if (!rows.isEmpty())
        QGuiApplication::clipboard()->setText(textOf(rows, false));
}

QString DataTable::asCsv() const
{
    QList<int> rows(m_sorted.rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    return textOf(rows, true) + u"\r\n"_s;
}

void DataTable::exportCsv()
{
    auto *dialog = new QFileDialog(this, m_name, m_name + u".csv"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        QSaveFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(asCsv().toUtf8()) < 0 || !file.commit())
            Q_EMIT couldNotSave(name, file.errorString());
    });
    dialog->open();
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTableView::keyPressEvent(event);
}

void DataTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    // Arrived by keyboard with nothing under the cursor: the arrows need a place to start from.
    if (event->reason() != Qt::MouseFocusReason && !currentIndex().isValid() && m_sorted.rowCount() > 0)
        selectionModel()->setCurrentIndex(m_sorted.index(0, 0), QItemSelectionModel::NoUpdate);
}

} // namespace warder
