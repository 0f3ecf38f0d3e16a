#pragma once

#include "core/base/Clock.h"
#include "ui/support/Csv.h"
#include "ui/support/Tone.h"

#include <QAbstractTableModel>
#include <QSet>

#include <functional>
#include <optional>

namespace warder {

/// What a model answers beside Qt's own roles.
enum RowRole {
    SortRole = Qt::UserRole + 1, ///< The raw value: a number, a time, a case-folded text.
    ToneRole,                    ///< int(Tone) of a state, for the dot before it.
    HistoryRole,                 ///< QList<double>, for a sparkline.
    RawRole,                     ///< What an export writes: a time instead of an age.
};

/// A column: its title and what it says about a row. Only `title` and `text` are needed.
template <typename Row>
struct Column
{
    QString title;
    std::function<QString(const Row &, TimePoint now)> text;
    std::function<QVariant(const Row &)> sort = {};
    std::function<QString(const Row &)> tip = {};
    std::function<Tone(const Row &)> tone = {};
    std::function<QList<double>(const Row &)> history = {};
    bool rightAligned = false;
    bool ageing = false; ///< Its text changes as time goes by.
};

/// A table of values, described by its columns. Touches single rows only, never resets, so that selection and scroll stay
/// where they are. GUI thread.
template <typename Row>
class RowsModel : public QAbstractTableModel
{
public:
    RowsModel(const Clock &clock, QList<Column<Row>> columns, QObject *parent)
        : QAbstractTableModel(parent), m_clock(clock), m_columns(std::move(columns))
    {}

    const QList<Row> &rows() const { return m_rows; }
    const Row *rowAt(int row) const { return row >= 0 && row < m_rows.size() ? &m_rows[row] : nullptr; }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_columns.size()); }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || index.row() >= m_rows.size() || index.column() >= m_columns.size())
            return {};
        const Row &row = m_rows[index.row()];
        const Column<Row> &column = m_columns[index.column()];
        switch (role) {
        case Qt::DisplayRole:       return column.text(row, m_clock.now());
        case Qt::ToolTipRole:       return column.tip ? QVariant(column.tip(row)) : QVariant();
        case Qt::TextAlignmentRole: return alignmentOf(column);
        case SortRole:              return column.sort ? column.sort(row) : QVariant(column.text(row, m_clock.now()).toCaseFolded());
        case ToneRole:              return column.tone ? QVariant(int(column.tone(row))) : QVariant();
        case RawRole:               return column.ageing && column.sort ? rawTime(column.sort(row)) : column.text(row, m_clock.now());
        case HistoryRole:           return column.history ? QVariant::fromValue(column.history(row)) : QVariant();
        default:                    return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
            return {};
        if (role == Qt::DisplayRole)
            return m_columns[section].title;
        return role == Qt::TextAlignmentRole ? QVariant(alignmentOf(m_columns[section])) : QVariant();
    }

    /// Time went by: texts such as "3 min ago" are asked for again. Sorting does not change by that.
    void refreshAges()
    {
        for (int column = 0; column < m_columns.size() && !m_rows.isEmpty(); ++column) {
            if (m_columns[column].ageing)
                Q_EMIT dataChanged(this->index(0, column), this->index(int(m_rows.size()) - 1, column), {Qt::DisplayRole});
        }
    }

    /// Makes the rows `wanted`, in that order, by few steps: rows that stay keep their selection. Keys are unique.
    template <typename KeyOf>
    void updateTo(const QList<Row> &wanted, KeyOf keyOf)
    {
        QSet<std::decay_t<decltype(keyOf(std::declval<const Row &>()))>> staying;
        for (const Row &row : wanted)
            staying.insert(keyOf(row));
        for (int at = int(m_rows.size()) - 1; at >= 0; --at) {
            if (!staying.contains(keyOf(m_rows[at])))
                removeAt(at);
        }
        if (m_rows.isEmpty())
            return insertAt(0, wanted);
        for (int at = 0; at < wanted.size(); ++at) {
            const auto key = keyOf(wanted[at]);
            const auto was = std::find_if(m_rows.begin() + at, m_rows.end(), [&](const Row &row) { return keyOf(row) == key; });
            if (was == m_rows.end())
                insertAt(at, {wanted[at]});
            else
                moveTo(int(was - m_rows.begin()), at, wanted[at]);
        }
    }

protected:
    void insertAt(int at, const QList<Row> &rows)
    {
        if (rows.isEmpty())
            return;
        beginInsertRows({}, at, at + int(rows.size()) - 1);
        for (int i = 0; i < rows.size(); ++i)
            m_rows.insert(at + i, rows[i]);
        endInsertRows();
    }

    void replaceAt(int at, const Row &row)
    {
        m_rows[at] = row;
        Q_EMIT dataChanged(this->index(at, 0), this->index(at, int(m_columns.size()) - 1));
    }

    void removeAt(int at)
    {
        beginRemoveRows({}, at, at);
        m_rows.removeAt(at);
        endRemoveRows();
    }

    void removeAll()
    {
        if (m_rows.isEmpty())
            return;
        beginRemoveRows({}, 0, int(m_rows.size()) - 1);
        m_rows.clear();
        endRemoveRows();
    }

    const Clock &clock() const { return m_clock; }

private:
    static QString rawTime(const QVariant &milliseconds)
    {
        const qint64 since = milliseconds.toLongLong();
        return since == 0 ? QString() : Csv::time(fromMilliseconds(since));
    }

    static int alignmentOf(const Column<Row> &column)
    {
        return int(Qt::AlignVCenter) | int(column.rightAligned ? Qt::AlignRight : Qt::AlignLeft);
    }

    void moveTo(int from, int to, const Row &row)
    {
        if (from != to) {
            beginMoveRows({}, from, from, {}, to); // always upwards
            m_rows.move(from, to);
            endMoveRows();
        }
        if (!(m_rows[to] == row))
            replaceAt(to, row);
    }

    const Clock &m_clock;
    QList<Column<Row>> m_columns;
    QList<Row> m_rows;
};

} // namespace warder
