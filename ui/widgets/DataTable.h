#pragma once

#include "ui/widgets/TableModel.h"

#include <QSortFilterProxyModel>
#include <QTableView>

#include <functional>
#include <optional>

class QSettings;

namespace warder {

class ColumnFit;

/// A table as the console wants it: whole rows, Ctrl+C copies them for a spreadsheet, Ctrl+E exports, a click on a header sorts by
/// the raw value (a third one restores the order of the server), Tab leaves it, columns are remembered, and rows that
/// come and go above do not move what is looked at. A list that is not read to its end stands in the order of the server:
/// what was sorted of it would be no order.
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
    QList<int> selectedRows() const;
    /// Clears the selection and selects that row of the model.
    void selectRow(int row);

    /// Whether the model has all rows. While it has not, the wanted order waits.
    void setComplete(bool complete);
    /// How many rows the whole list has, where that is known: the thumb of the scroll bar stands where they put it, and goes no
    /// further than what was read.
    void setTotal(std::optional<qint64> rows);
    /// An order is wanted that only a complete list can have.
    bool wantsSorting() const { return !m_complete && m_wanted.section >= 0; }
    void forgetSorting();
    /// Sorts upwards by a column for somebody who leads here: the order that the person chose is the one that is remembered.
    void sortForNow(int column);

    /// Dimmed and out of reach: the rows belong to another question than the one that stands above them.
    void setStale(bool stale) { setEnabled(!stale); }

    /// Who writes what is shown to a file that the person has chosen. `title` is that of the dialog.
    void setExporter(std::function<QString()> title, std::function<void(const QString &file)> exporter);

    void restoreColumns(const QSettings &memory);
    void rememberColumns(QSettings &memory) const;

    void copySelection() const;
    /// Header and the rows shown, RFC 4180, cells that a spreadsheet would take for a formula defused.
    QString asCsv() const;

Q_SIGNALS:
    void selectionMoved();
    /// A header was chosen while the list is not complete: see wantsSorting().
    void sortingWanted();

protected:
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

private:
    void addActions();
    void addColumnsMenu();
    void notePlace();
    void restorePlace();
    QList<int> selectedPlaces() const;
    void exportCsv();
    void stopAtWhatWasRead();
    void noteSorting(int section, Qt::SortOrder order);
    void applySorting();
    /// In the order on the screen.
    QStringList cellsOf(int row, int role) const;

    struct Sorting
    {
        int section = -1;
        Qt::SortOrder order = Qt::AscendingOrder;
    };

    bool m_complete = true;
    bool m_sorting = false; ///< The header is being set, not clicked.
    Sorting m_wanted;
    std::optional<Sorting> m_chosen;                     ///< By the person, if m_wanted is not.
    QList<std::pair<QPersistentModelIndex, int>> m_seen; ///< While the model changes: what was in view, and where.
    std::optional<qint64> m_total;
    int m_readEnd = 0; ///< What the scroll bar's maximum would be if nothing came after the rows of the model.
    std::function<QString()> m_exportTitle;
    std::function<void(const QString &)> m_exporter;
    QString m_name;
    QString m_key;
    QSortFilterProxyModel m_sorted;
    ColumnFit *m_fit = nullptr;
};

} // namespace warder
