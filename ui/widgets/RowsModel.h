#pragma once

#include "core/base/Clock.h"
#include "ui/support/Csv.h"
#include "ui/support/Times.h"
#include "ui/support/Tone.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/TableModel.h"

#include <QSet>

#include <functional>
#include <limits>
#include <optional>

namespace warder {

/// A column: its title and what it says about a row. `title`, `characters`, and one of `text`, `time` and `number` are needed.
template <typename Row>
struct Column
{
    QString title;
    int characters; ///< How many it usually holds.
    std::function<QString(const Row &, TimePoint now)> text = {};
    std::function<std::optional<TimePoint>(const Row &)> time = {}; ///< Sorted by, told exactly in the tip; as "3 min ago" without a text.
    /// Sorted by; as a number at the right without a text. None: an empty cell, sorted before all numbers.
    std::function<std::optional<qint64>(const Row &)> number = {};
    std::function<QString(const Row &)> tip = {};
    std::function<Tone(const Row &)> tone = {};
    std::function<QList<double>(const Row &)> history = {};
    std::function<QList<double>(const Row &)> below = {}; ///< See BelowRole.
    std::function<QString(const Row &)> quiet = {};       ///< See QuietRole; an export has it in brackets behind the words.
    std::function<double(const Row &)> load = {};         ///< See LoadRole.

    QString words(const Row &row, TimePoint now) const
    {
        if (text)
            return text(row, now);
        if (number) {
            const auto value = number(row);
            return value ? UiTexts::count(*value) : QString();
        }
        const auto then = time(row);
        return then ? Times::ago(*then, now) : QString();
    }
    QVariant raw(const Row &row, TimePoint now) const
    {
        if (number)
            return number(row).value_or(std::numeric_limits<qint64>::min());
        if (!time)
            return words(row, now).toCaseFolded();
        const auto then = time(row);
        return then ? toMilliseconds(*then) : qint64(0);
    }
    QString exported(const Row &row, TimePoint now) const
    {
        if (time)
            return Csv::time(time(row));
        if (number && !text) {
            const auto value = number(row);
            return value ? QString::number(*value) : QString(); // a separator of thousands is for people
        }
        const QString behind = quiet ? quiet(row) : QString();
        return behind.isEmpty() ? words(row, now) : QStringLiteral("%1 (%2)").arg(words(row, now), behind);
    }
    QVariant tipOf(const Row &row) const
    {
        if (tip)
            return tip(row);
        const auto then = time ? time(row) : std::nullopt;
        return then ? QVariant(Times::exact(*then)) : QVariant();
    }
    int alignment() const { return int(Qt::AlignVCenter) | int(number && !text ? Qt::AlignRight : Qt::AlignLeft); }
};

/// A table of values, described by its columns, the most important one first. Touches single rows only, never resets, so that
/// selection and scroll stay where they are. GUI thread.
template <typename Row, typename Base = TableModel>
class RowsModel : public Base
{
public:
    RowsModel(const Clock &clock, QList<Column<Row>> columns, QObject *parent) : Base(parent), m_clock(clock), m_columns(std::move(columns))
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
        case Qt::DisplayRole:       return column.words(row, m_clock.now());
        case Qt::ToolTipRole:       return column.tipOf(row);
        case Qt::TextAlignmentRole: return column.alignment();
        case SortRole:              return column.raw(row, m_clock.now());
        case ToneRole:              return column.tone ? QVariant(int(column.tone(row))) : QVariant();
        case RawRole:               return column.exported(row, m_clock.now());
        case HistoryRole:           return column.history ? QVariant::fromValue(column.history(row)) : QVariant();
        case BelowRole:             return column.below ? QVariant::fromValue(column.below(row)) : QVariant();
        case QuietRole:             return column.quiet ? QVariant(column.quiet(row)) : QVariant();
        case LoadRole:              return column.load ? QVariant(column.load(row)) : QVariant();
        default:                    return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
            return {};
        const Column<Row> &column = m_columns[section];
        switch (role) {
        case Qt::DisplayRole:       return column.title;
        case Qt::TextAlignmentRole: return column.alignment();
        case CharactersRole:        return column.characters;
        default:                    return {};
        }
    }

    void refreshAges() final
    {
        for (int column = 0; column < m_columns.size() && !m_rows.isEmpty(); ++column) {
            if (m_columns[column].time)
                Q_EMIT this->dataChanged(this->index(0, column), this->index(int(m_rows.size()) - 1, column), {Qt::DisplayRole});
        }
    }

    /// Makes the rows `wanted`, in that order, by few steps: rows that stay keep their selection. Keys are unique.
    template <typename KeyOf>
    void updateTo(const QList<Row> &wanted, KeyOf keyOf)
    {
        const TableModel::Batch batch(*this);
        QSet<std::decay_t<std::invoke_result_t<KeyOf, const Row &>>> staying;
        for (const Row &row : wanted)
            staying.insert(std::invoke(keyOf, row));
        for (int at = int(m_rows.size()) - 1; at >= 0; --at) {
            if (!staying.contains(std::invoke(keyOf, m_rows[at])))
                removeAt(at);
        }
        if (m_rows.isEmpty())
            return insertAt(0, wanted);
        for (int at = 0; at < wanted.size(); ++at) {
            const auto key = std::invoke(keyOf, wanted[at]);
            const auto was =
                std::find_if(m_rows.begin() + at, m_rows.end(), [&](const Row &row) { return std::invoke(keyOf, row) == key; });
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
        this->beginInsertRows({}, at, at + int(rows.size()) - 1);
        for (int i = 0; i < rows.size(); ++i)
            m_rows.insert(at + i, rows[i]);
        this->endInsertRows();
    }

    void replaceAt(int at, const Row &row)
    {
        m_rows[at] = row;
        Q_EMIT this->dataChanged(this->index(at, 0), this->index(at, int(m_columns.size()) - 1));
    }

    void removeAt(int at)
    {
        this->beginRemoveRows({}, at, at);
        m_rows.removeAt(at);
        this->endRemoveRows();
    }

    const Clock &clock() const { return m_clock; }

private:
    void moveTo(int from, int to, const Row &row)
    {
        if (from != to) {
            this->beginMoveRows({}, from, from, {}, to); // always upwards
            m_rows.move(from, to);
            this->endMoveRows();
        }
        if (!(m_rows[to] == row))
            replaceAt(to, row);
    }

    const Clock &m_clock;
    QList<Column<Row>> m_columns;
    QList<Row> m_rows;
};

} // namespace warder
