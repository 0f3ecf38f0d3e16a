#include "ui/widgets/DataTable.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Tone.h"
#include "ui/support/Type.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/ColumnFit.h"
#include "ui/widgets/FlatHeader.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/TableText.h"

#include <QAction>
#include <QClipboard>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QMenu>
#include <QSaveFile>
#include <QSettings>
#include <QShortcut>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

DataTable::DataTable(const QString &name, const QString &key, QWidget *parent)
    : QTableView(parent), m_name(name), m_key(key), m_scroll(*this, m_sorted, [this] { updateGeometries(); }), m_sorting(*this, m_sorted),
      m_hold(*this, m_sorted, m_scroll, [this](int place) { return m_selection.isLeaving(place); }), m_selection(*this, m_hold),
      m_ages(*this)
{
    setAccessibleName(name);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(EditKeyPressed); // where the model lets somebody
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    setHorizontalHeader(new FlatHeader(this));
    setItemDelegate(new CellDelegate(this));
    followPalette(this, [this] {
        QPalette own;
        own.setColor(QPalette::Base, surface(parentWidget()->palette()));
        makeReadable(own, parentWidget()->palette());
        setPalette(own);
    });
    setFont(ofTabularFigures(QFont()));
    addActions();
    connect(&m_sorting, &TableSorting::wanted, this, &DataTable::sortingWanted);
    connect(&m_selection, &TableSelection::moved, this, &DataTable::selectionMoved);
}

void DataTable::addActions()
{
    setContextMenuPolicy(Qt::ActionsContextMenu);
    //: Menu item: copies the selected rows of a table.
    auto *copy = new QAction(tr("&Copy rows"), this);
    copy->setShortcuts(QKeySequence::Copy);
    //: Menu item: saves the rows of a table to a CSV file.
    auto *save = new QAction(tr("&Export as CSV…"), this); // its key is the page's
    copy->setShortcutContext(Qt::WidgetShortcut);
    addAction(copy);
    addAction(save);
    connect(copy, &QAction::triggered, this, &DataTable::copySelection);
    connect(save, &QAction::triggered, this, &DataTable::askToExport);
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

void DataTable::addSortMenu()
{
    auto *menu = new QMenu(this);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { m_sorting.fillMenu(*menu); });
    //: Menu item: leads to the columns of a table, to sort its rows by one of them.
    auto *sort = new QAction(tr("&Sort by"), this);
    sort->setMenu(menu);
    addAction(sort);
}

void DataTable::present(TableModel *model)
{
    m_sorted.setSourceModel(&m_hold.rowsOf(model));
    setModel(&m_sorted);
    m_sorting.start();
    m_fit = new ColumnFit(*this);
    addColumnsMenu();
    addSortMenu();
    connect(model, &TableModel::changing, &m_scroll, &TableScroll::notePlace);
    connect(model, &TableModel::changed, &m_scroll, &TableScroll::restorePlace);
    m_selection.start(*model); // whoever hears that it has moved finds the rows in their places
    connect(model, &TableModel::aged, &m_ages, &TableAges::pass);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, viewport(), qOverload<>(&QWidget::update)); // the ring is a whole row's
}

void DataTable::setComplete(bool complete)
{
    m_scroll.setComplete(complete);
    m_sorting.setComplete(complete);
}

int DataTable::topRow() const { return m_hold.modelRow(rowAt(0)); }

void DataTable::showAtTop(int row)
{
    release();
    const QModelIndex index = m_sorted.index(m_hold.placeOf(row), 0);
    scrollTo(index, PositionAtTop); // first: a bar that fewer rows have brought to its end would have more of them read
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::Clear);
    scrollTo(index, PositionAtTop);
}

void DataTable::updateGeometries()
{
    QTableView::updateGeometries();
    m_scroll.extend();
}

/// Qt would choose the neighbour of the one that goes, and the next order would be about somebody else.
void DataTable::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    if (selectionMode() == SingleSelection && currentIndex().row() >= first && currentIndex().row() <= last)
        selectionModel()->clear();
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void DataTable::setExporter(std::function<QString()> title, std::function<void(const QString &file)> exporter)
{
    m_export.setExporter(std::move(title), std::move(exporter));
}

void DataTable::exportByItself(const QString &title, std::function<void(const QString &fault)> onFault)
{
    setExporter([title] { return title; },
                [this, onFault = std::move(onFault)](const QString &file) {
                    if (const QString fault = saveCsv(file); !fault.isEmpty())
                        onFault(fault);
                });
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_E), parentWidget()), &QShortcut::activated, this, [this] {
        if (isVisible())
            askToExport();
    });
}

void DataTable::setExportScopes(std::function<QStringList()> scopes, std::function<void(const QString &file, int scope)> exporter)
{
    m_export.setScopes(std::move(scopes), std::move(exporter));
}

QList<int> DataTable::shownRows() const
{
    QList<int> rows;
    rows.reserve(m_sorted.rowCount());
    for (int place = 0; place < m_sorted.rowCount(); ++place) {
        if (const int row = m_hold.modelRow(place); row >= 0)
            rows += row;
    }
    return rows;
}

bool DataTable::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    const auto isEditable = [this](const QModelIndex &cell) {
        return (cell.flags() & Qt::ItemIsEditable) && !isColumnHidden(cell.column());
    };
    if (trigger != EditKeyPressed || !index.isValid() || isEditable(index))
        return QTableView::edit(index, trigger, event);
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const QModelIndex cell = index.siblingAtColumn(horizontalHeader()->logicalIndex(visual));
        if (!isEditable(cell))
            continue;
        selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate); // the editor's keys go on from there
        return QTableView::edit(cell, trigger, event);
    }
    return QTableView::edit(index, trigger, event);
}

void DataTable::restoreColumns(const QSettings &memory)
{
    m_sorting.restore(memory, m_key);
    m_fit->setByHand(memory.value(m_key + u"/columnsByHand"_s).toBool());
}

void DataTable::rememberColumns(QSettings &memory) const
{
    m_sorting.remember(memory, m_key);
    memory.setValue(m_key + u"/columnsByHand"_s, m_fit->isByHand());
}

void DataTable::copySelection() const
{
    if (const QList<int> rows = m_selection.places(); !rows.isEmpty())
        QGuiApplication::clipboard()->setText(TableText::forClipboard(m_sorted, *horizontalHeader(), rows));
}

QString DataTable::asCsv() const { return TableText::csv(m_sorted, *horizontalHeader()); }

QString DataTable::saveCsv(const QString &name) const
{
    QSaveFile file(name);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(asCsv().toUtf8()) >= 0 && file.commit();
    return isWritten ? QString() : file.errorString();
}

QAction *DataTable::addRowAction(const QString &text, const QList<QKeySequence> &keys, std::function<void()> act)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    addAction(action);
    connect(action, &QAction::triggered, this, [this, act = std::move(act)] {
        if (selectForAction())
            act();
    });
    return action;
}

void DataTable::setOpening(QAction *action)
{
    action->setShortcuts(QList {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)} + action->shortcuts());
    insertAction(actions().value(0), action);
    connect(this, &QTableView::doubleClicked, action, &QAction::trigger);
}

void DataTable::offerEditing()
{
    //: Menu item of a table: lets somebody type into the cell that the keyboard is at, or the first of its row that can be edited.
    auto *action = new QAction(tr("Ed&it in place"), this);
    action->setShortcut(Qt::Key_F2);
    action->setShortcutContext(Qt::WidgetShortcut);
    addAction(action);
    connect(action, &QAction::triggered, this, [this] { (void)edit(currentIndex(), EditKeyPressed, nullptr); });
}

/// Also a row that the keyboard has only come to; the first, where it was there before the rows were.
bool DataTable::selectForAction()
{
    if (!currentIndex().isValid() && hasFocus())
        selectionModel()->setCurrentIndex(m_sorted.index(0, 0), QItemSelectionModel::NoUpdate);
    if (!currentIndex().isValid())
        return false;
    if (!selectionModel()->isRowSelected(currentIndex().row(), {}))
        QTableView::selectRow(currentIndex().row());
    return true;
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_fit)
        m_fit->fit();
}

/// Around the rows the delegate paints the ring; where there is none the table itself has it.
void DataTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (hasFocus() && m_sorted.rowCount() == 0)
        paintFocusRing(viewport(), parentWidget()->palette());
}

void DataTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    // Arrived by keyboard with nothing under the cursor: the arrows need a place to start from.
    if (event->reason() != Qt::MouseFocusReason && !currentIndex().isValid() && m_sorted.rowCount() > 0)
        selectionModel()->setCurrentIndex(m_sorted.index(0, 0), QItemSelectionModel::NoUpdate);
}

} // namespace warder
