#pragma once

#include "ui/widgets/HeldRows.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

class QPushButton;
class QTableView;

namespace warder {

class SortedRows;
class TableScroll;

/// Holds the rows of a table still while the pointer is among them, so that nobody clicks on a row that was another one a moment ago: a
/// button at the foot says how many changes wait. They show when the pointer leaves the rows or has not moved for ten seconds, with any key
/// in the table, and by the button. A part of DataTable. GUI thread.
class TableHold final : public QObject
{
    Q_OBJECT
public:
    /// `isLeaving`: an order of the person takes that row of the table away, which is to be seen at once. All of them live longer.
    TableHold(QTableView &table, SortedRows &sorted, TableScroll &scroll, std::function<bool(int place)> isLeaving);

    /// Once, before the table has a model: what it sorts.
    HeldRows &rowsOf(TableModel *model);

    /// The row of the model that stands at that place of the table; -1: it has gone.
    int modelRow(int place) const;
    /// Where a row of the model stands in the table; -1: it waits.
    int placeOf(int modelRow) const;

    /// What waits shows.
    void release();

Q_SIGNALS:
    /// The row at that place has gone from the model, and is still to be seen.
    void gone(int place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool passes(int first) const;
    bool isInSight(int row) const;
    void noteMouse(const QPoint &at);
    void noteOrder(int first, int last);
    void releaseUnlessInside();
    void releaseUnlessPressed();
    void tell();
    void placeButton();

    QTableView &m_table;
    SortedRows &m_sorted;
    TableScroll &m_scroll;
    std::function<bool(int place)> m_isLeaving;
    HeldRows m_rows;
    QSet<int> m_misplaced; ///< Of m_rows, while they are held: their values want them elsewhere.
    QPushButton *m_button;
    QTimer *m_quiet; ///< Since the pointer moved last.
    QTimer m_left;   ///< One turn after the pointer has left: it may be on the button.
    QTimer m_soon;   ///< Until the button tells of all that a turn brought.
};

} // namespace warder
