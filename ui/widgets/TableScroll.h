#pragma once

#include <QObject>
#include <QPersistentModelIndex>

#include <functional>
#include <optional>

class QAbstractItemModel;
class QTableView;

namespace warder {

/// Where a table stands in its list: the thumb of its scroll bar is where the length of the whole list puts it, and goes no further than
/// what was read; rows that come and go above do not move what is looked at. A part of DataTable. GUI thread.
class TableScroll final : public QObject
{
    Q_OBJECT
public:
    /// `rows`: what the table shows, once it has a model. `updateGeometries` is the table's own, which calls extend(). All of them live
    /// longer.
    TableScroll(QTableView &table, QAbstractItemModel &rows, std::function<void()> updateGeometries);

    // See DataTable.
    void setComplete(bool complete) { m_complete = complete; }
    void setTotal(std::optional<qint64> rows);
    void setBeginsInside(bool inside);
    bool beginsInside() const { return m_beginsInside; }
    bool isNearTop() const;

    /// To be called whenever Qt has set the bar for the rows that were read: makes it as long as the whole list.
    void extend();

    /// Before the model changes: remembers what is in view, unless new rows shall appear there.
    void notePlace();
    /// After it: what was in view is where it was.
    void restorePlace();

private:
    void stopAtWhatWasRead();

    QTableView &m_table;
    QAbstractItemModel &m_rows;
    std::function<void()> m_updateGeometries;
    QList<std::pair<QPersistentModelIndex, int>> m_seen; ///< While the model changes: what was in view, and where.
    std::optional<qint64> m_total;
    bool m_complete = true;
    bool m_beginsInside = false;
    int m_readEnd = 0; ///< What the scroll bar's maximum would be if nothing came after the rows of the model.
};

} // namespace warder
