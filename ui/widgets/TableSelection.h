#pragma once

#include <QList>
#include <QObject>
#include <QPersistentModelIndex>

#include <functional>

class QTableView;

namespace warder {

class TableHold;
class TableModel;

/// Which rows of its model are selected in a table, and which is next when an order takes these away. A part of DataTable. GUI thread.
class TableSelection final : public QObject
{
    Q_OBJECT
public:
    /// Both live longer.
    TableSelection(QTableView &table, TableHold &hold);

    /// To be called when the table has its model, whose rows are these.
    void start(const TableModel &model);

    /// On the screen, from the top.
    QList<int> places() const;
    // See DataTable.
    QList<int> rows() const;
    qsizetype count() const;
    bool isAny(const std::function<bool(int row)> &fits) const;
    void select(int row);
    void selectFirst();
    void selectNextOnceGone();
    void forgetNext() { m_isLeaving = false; }

    /// An order takes the row at that place of the table away.
    bool isLeaving(int place) const;

Q_SIGNALS:
    /// Other rows are selected, or the keyboard is at another one. Once, where several rows of the model change together.
    void moved();

private:
    void selectPlace(int place);
    void tell();
    void goOn();
    void leaveOut(int place);

    QTableView &m_table;
    TableHold &m_hold;
    bool m_isLeaving = false;     ///< The selected rows are about to go.
    QPersistentModelIndex m_next; ///< Selected then.
    bool m_isChanging = false;    ///< The model is.
    bool m_hasMoved = false;      ///< Meanwhile.
};

} // namespace warder
