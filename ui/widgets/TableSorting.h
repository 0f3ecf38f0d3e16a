#pragma once

#include <QObject>
#include <QString>

#include <optional>

class QMenu;
class QSettings;
class QSortFilterProxyModel;
class QTableView;

namespace warder {

/// The order that a person wants the rows of a table in, by clicks on its header or by the menu. While the list is not read to its end its
/// rows stand in the order of the server, and the wanted one waits. A part of DataTable. GUI thread.
class TableSorting final : public QObject
{
    Q_OBJECT
public:
    /// `rows`: what the table shows, once it has a model. Both live longer.
    TableSorting(QTableView &table, QSortFilterProxyModel &rows);

    /// To be called when the table has its model: not sorted, and heeds the header from now on.
    void start();

    // See DataTable.
    void setComplete(bool complete);
    void setWhyNot(const QString &why);
    bool isWaiting() const { return !m_complete && m_wanted.section >= 0; }
    void forget();
    void sortForNow(int column);

    /// What clicks on the header do.
    void fillMenu(QMenu &menu);

    /// The header as it was left, with the order, under this key.
    void restore(const QSettings &memory, const QString &key);
    void remember(QSettings &memory, const QString &key) const;

Q_SIGNALS:
    /// An order was chosen that is waiting.
    void wanted();

private:
    struct Sorting
    {
        int section = -1;
        Qt::SortOrder order = Qt::AscendingOrder;
    };

    void note(int section, Qt::SortOrder order);
    void apply();

    QTableView &m_table;
    QSortFilterProxyModel &m_rows;
    bool m_complete = true;
    bool m_applying = false; ///< The header is being set, not clicked.
    QString m_whyNot;        ///< Nobody can choose an order; empty: everybody can.
    Sorting m_wanted;
    std::optional<Sorting> m_chosen; ///< By the person, if m_wanted is not.
};

} // namespace warder
