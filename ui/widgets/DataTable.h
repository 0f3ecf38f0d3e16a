#pragma once

#include "ui/widgets/SortedRows.h"
#include "ui/widgets/TableAges.h"
#include "ui/widgets/TableExport.h"
#include "ui/widgets/TableHold.h"
#include "ui/widgets/TableModel.h"
#include "ui/widgets/TableScroll.h"
#include "ui/widgets/TableSelection.h"
#include "ui/widgets/TableSorting.h"

#include <QKeySequence>
#include <QTableView>

#include <functional>
#include <optional>
#include <utility>

class QAction;
class QSettings;

namespace warder {

class ColumnFit;

/// A table as the console wants it: whole rows, Ctrl+C copies them for a spreadsheet, Enter opens one, a click on a header sorts by
/// the raw value (a third one restores the order of the server) and so does its menu, Tab leaves it, columns are remembered, and rows that
/// come and go above do not move what is looked at. While the pointer is among the rows they stand still (TableHold). A list that is not
/// read to its end stands in the order of the server: what was sorted of it would be no order.
class DataTable final : public QTableView
{
    Q_OBJECT
public:
    /// `name` is for screen readers and file names, `key` for the settings.
    DataTable(const QString &name, const QString &key, QWidget *parent);

    /// Shows the model, sorted by SortRole; the model stays its owner's. Where room is short the last columns are left out. While the
    /// model changes what is looked at stays in its place: at the top of an unselected table new rows appear, everywhere else the
    /// rows under the eye stay.
    void present(TableModel *model);

    /// Rows of the model given to present(), in the order on the screen.
    QList<int> selectedRows() const { return m_selection.rows(); }
    QList<int> shownRows() const;
    /// Of selectedRows(), without a look at each.
    qsizetype selectedCount() const { return m_selection.count(); }
    /// Looks at selected rows until one fits.
    bool isAnySelected(const std::function<bool(int row)> &fits) const { return m_selection.isAny(fits); }
    /// Clears the selection and selects that row of the model.
    void selectRow(int row) { m_selection.select(row); }
    /// Selects the first row on the screen, unless something is selected.
    void selectFirst() { m_selection.selectFirst(); }
    /// To be called with an order that takes the selected rows away: once the last of them has gone the row below them is selected, or the
    /// one above, so that the next order can follow. Another selection in between stays, and so does what is selected after forgetNext(),
    /// for an order that was refused: what others take away selects nothing.
    void selectNextOnceGone() { m_selection.selectNextOnceGone(); }
    void forgetNext() { m_selection.forgetNext(); }

    /// What waits while the pointer is among the rows shows now: whoever asks for the list wants it as it is.
    void release() { m_hold.release(); }

    /// Whether the model has all rows. While it has not, the wanted order waits.
    void setComplete(bool complete);
    /// How many rows the whole list has, where that is known: the thumb of the scroll bar stands where they put it, and goes no
    /// further than what was read.
    void setTotal(std::optional<qint64> rows) { m_scroll.setTotal(rows); }
    /// Whether the model's first row is not the list's: nobody knows then where in the list it stands, and no thumb says it. What comes
    /// before is put in without moving what is looked at.
    void setBeginsInside(bool inside) { m_scroll.setBeginsInside(inside); }
    /// The upper end of what was read is less than a view away.
    bool isNearTop() const { return m_scroll.isNearTop(); }
    /// The row of the model that is the uppermost in view; -1: none.
    int topRow() const;
    /// That row of the model becomes the uppermost one and the one that the keyboard is at; nothing is selected.
    void showAtTop(int row);
    /// Why nobody can choose an order now, as a sentence: the header does not invite to, and says it. Empty: everybody can.
    void setWhyUnsortable(const QString &why) { m_sorting.setWhyNot(why); }
    /// An order is wanted that only a complete list can have.
    bool wantsSorting() const { return m_sorting.isWaiting(); }
    void forgetSorting() { m_sorting.forget(); }
    /// Sorts upwards by a column for somebody who leads here: the order that the person chose is the one that is remembered.
    void sortForNow(int column) { m_sorting.sortForNow(column); }

    /// Dimmed and out of reach: the rows belong to another question than the one that stands above them.
    void setStale(bool stale) { setEnabled(!stale); }

    /// Who writes what is shown to a file that the person has chosen. `title` is that of the dialog.
    void setExporter(std::function<QString()> title, std::function<void(const QString &file)> exporter);
    /// The table of a dialog writes itself, as CSV, by its menu and by Ctrl+E anywhere in the dialog while it is in view. `title` as above;
    /// `onFault`: hears what the system says where it could not.
    void exportByItself(const QString &title, std::function<void(const QString &fault)> onFault);
    /// What of it may be written, in the words that the dialog offers; empty: there is nothing to choose. `exporter` as above, with the
    /// place of the choice, or 0.
    void setExportScopes(std::function<QStringList()> scopes, std::function<void(const QString &file, int scope)> exporter);

    /// The exporter also writes JSON lines, where the file's name ends so (`.ndjson`).
    void offerJsonLines() { m_export.offerJsonLines(); }

    /// Asks for a file; the exporter writes it.
    void askToExport() { m_export.ask(this, m_name); }

    /// Something that is done about a row, by keys that work in the table and by its menu: to the row that the keyboard is at, which is
    /// selected by then.
    QAction *addRowAction(const QString &text, const QList<QKeySequence> &keys, std::function<void()> act);
    /// Enter and a double click do this. Its words are for the menu of the table.
    void setOpening(const QString &text, std::function<void()> onOpen) { setOpening(addRowAction(text, {}, std::move(onOpen))); }
    /// The same, beside its own keys; of addRowAction().
    void setOpening(QAction *action);

    /// The menu of the table and the list of keys say that cells are edited in place (F2).
    void offerEditing();

    void restoreColumns(const QSettings &memory);
    void rememberColumns(QSettings &memory) const;

    void copySelection() const;
    /// Header and the rows shown, RFC 4180, cells that a spreadsheet would take for a formula defused.
    QString asCsv() const;
    /// Writes that to a file, all or nothing; what the system says where it could not, else nothing.
    QString saveCsv(const QString &file) const;

Q_SIGNALS:
    void selectionMoved();
    /// A header was chosen while the list is not complete: see wantsSorting().
    void sortingWanted();

protected:
    using QTableView::edit;
    /// F2 on a cell that nobody edits is about the first one of its row that somebody may.
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

private:
    void addActions();
    void addColumnsMenu();
    void addSortMenu();
    /// The row that the keyboard is at, or the first; false: there is none.
    bool selectForAction();

    QString m_name;
    QString m_key;
    SortedRows m_sorted;
    TableScroll m_scroll;
    TableSorting m_sorting;
    TableHold m_hold;
    TableSelection m_selection;
    TableAges m_ages;
    TableExport m_export;
    ColumnFit *m_fit = nullptr;
};

} // namespace warder
