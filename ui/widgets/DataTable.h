#pragma once

#include <QSortFilterProxyModel>
#include <QTableView>

#include <functional>

class QSettings;

namespace warder {

class ColumnFit;

/// A table as the console wants it: whole rows, Ctrl+C copies them for a spreadsheet, Ctrl+E exports, a click on a header sorts by
/// the raw value (a third one restores the order of the server), Tab leaves it, columns are remembered, and rows that
/// come and go above do not move what is looked at.
class DataTable final : public QTableView
{
    Q_OBJECT
public:
    /// `name` is for screen readers and file names, `key` for the settings.
    DataTable(const QString &name, const QString &key, QWidget *parent);

    /// Shows the model sorted by SortRole; the model stays its owner's. `characters`: how many each
    /// column usually holds, the most important column first: where room is short the last ones are left out.
    void present(QAbstractItemModel *model, const QList<int> &characters);

    /// Rows of the model given to present(), in the order on the screen.
    QList<int> selectedRows() const;
    /// The row of the current index in the model given to present(), -1 without one.
    int currentRow() const;
    /// Clears the selection and selects that row of the model.
    void selectRow(int row);

    /// Lets `change` alter the model while what is looked at stays in its place: at the top of an unselected table new rows
    /// appear, everywhere else the rows under the eye stay.
    void keepingPlace(const std::function<void()> &change);

    void restoreColumns(const QSettings &memory);
    void rememberColumns(QSettings &memory) const;

    void copySelection() const;
    /// Header and the rows shown, RFC 4180, cells that a spreadsheet would take for a formula defused.
    QString asCsv() const;

Q_SIGNALS:
    void selectionMoved();
    void couldNotSave(const QString &file, const QString &reason);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void addActions();
    void addColumnsMenu();
    void dress();
    void exportCsv();
    QString textOf(const QList<int> &rows, bool withHeader) const;

    bool m_dressing = false;
    QString m_name;
    QString m_key;
    QSortFilterProxyModel m_sorted;
    ColumnFit *m_fit = nullptr;
};

} // namespace warder
