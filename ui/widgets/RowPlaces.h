#pragma once

#include "core/base/Id.h"

#include <QHash>
#include <QList>

#include <algorithm>

namespace warder {

/// Where the rows of a list stand, by their `id`. It is told which rows come and go, but not how that moves the others: it looks for a row
/// near where it was last found. GUI thread.
template <typename Row>
class RowPlaces final
{
public:
    /// Once these rows of the list have come.
    void add(const QList<Row> &rows, int first, int last)
    {
        for (int row = first; row <= last; ++row)
            m_places.insert(rows[row].id, row);
    }

    /// Before these go.
    void remove(const QList<Row> &rows, int first, int last)
    {
        for (int row = first; row <= last; ++row)
            m_places.remove(rows[row].id);
        if (m_places.capacity() > 1'000 && m_places.size() < m_places.capacity() / 4)
            m_places.squeeze();
    }

    bool contains(const Id &id) const { return m_places.contains(id); }

    /// -1 where there is none. Costs what has come and gone since the row was last asked for, and not the length of the list.
    int find(const QList<Row> &rows, const Id &id) const
    {
        const auto place = m_places.find(id);
        if (place == m_places.end())
            return -1;
        for (qsizetype away = 0; away <= std::max<qsizetype>(*place, rows.size()); ++away) {
            for (const qsizetype row : {*place - away, *place + away}) {
                if (row >= 0 && row < rows.size() && rows[row].id == id)
                    return *place = int(row);
            }
        }
        return -1;
    }

private:
    mutable QHash<Id, int> m_places; ///< Where each row stood when it was last asked for; it is not far from there.
};

} // namespace warder
