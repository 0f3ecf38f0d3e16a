#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <utility>

class QTableView;

namespace warder {

/// Paints the cells in view that say another text because time went by, and no others. A part of DataTable. GUI thread.
class TableAges final : public QObject
{
    Q_OBJECT
public:
    explicit TableAges(QTableView &table) : m_table(table) {}

    /// Time went by for these columns.
    void pass(const QList<int> &columns);

private:
    QTableView &m_table;
    QHash<std::pair<int, int>, QString> m_told; ///< By row and column of the table: what each cell in view said then.
};

} // namespace warder
