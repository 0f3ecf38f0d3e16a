#pragma once

#include "core/base/Clock.h"
#include "ui/support/Csv.h"
#include "ui/support/Times.h"
#include "ui/support/Tone.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/TableModel.h"

#include <QHash>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace warder {

/// A column: its title and what it says about a row. `title`, `characters`, and one of `text`, `time` and `number` are needed.
template <typename Row>
struct Column
{
    QString title;
    int characters; ///< How many it usually holds; 0: it is out of use.
    std::function<QString(const Row &, TimePoint now)> text = {};
    std::function<std::optional<TimePoint>(const Row &)> time = {}; ///< Sorted by, told exactly in the tip; as "3 min ago" without a text.
    /// Sorted by; as a number at the right without a text. None: an empty cell, sorted before all numbers.
    std::function<std::optional<qint64>(const Row &)> number = {};
    std::function<QString(const Row &)> tip = {};
    std::function<Tone(const Row &)> tone = {};
    std::function<QList<double>(const Row &)> history = {};
    std::function<QList<double>(const Row &)> below = {};          ///< See BelowRole.
    std::function<QString(const Row &)> quiet = {};                ///< See QuietRole; an export has it in brackets behind the words.
    std::function<double(const Row &)> load = {};                  ///< See LoadRole.
    std::function<QString(const Row &)> icon = {};                 ///< See IconRole; `tone` is needed beside it.
    std::function<std::optional<QString>(const Row &)> typed = {}; ///< What somebody edits in place (F2); none: not in this row.
    bool isFixedWidth = false;                                     ///< See FixedWidthRole.

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
    std::optional<QString> editable(const Row &row) const { return typed ? typed(row) : std::nullopt; }
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
        case IconRole:              return column.icon ? QVariant(column.icon(row)) : QVariant();
        case LoadRole:              return column.load ? QVariant(column.load(row)) : QVariant();
        case FixedWidthRole:        return column.isFixedWidth;
        case Qt::EditRole:          return column.editable(row).value_or(column.words(row, m_clock.now()));
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

    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        const Qt::ItemFlags flags = Base::flags(index);
        const Row *row = index.isValid() && index.column() < m_columns.size() ? rowAt(index.row()) : nullptr;
        return row && m_columns[index.column()].editable(*row) ? flags | Qt::ItemIsEditable : flags;
    }

    /// Tells of it, and changes nothing: the row that the server answers with does.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override
    {
        const Row *row = role == Qt::EditRole && index.isValid() ? rowAt(index.row()) : nullptr;
        const auto before = row ? m_columns[index.column()].editable(*row) : std::nullopt;
        if (before && *before != value.toString())
            Q_EMIT this->edited(index.row(), index.column(), value.toString());
        return false;
    }

    /// Another name for a column; of 0 characters it is out of use.
    void setHeader(int column, const QString &title, int characters)
    {
        m_columns[column].title = title;
        m_columns[column].characters = characters;
        Q_EMIT this->headerDataChanged(Qt::Horizontal, column, column);
    }

    /// At once for all of these columns: each signal costs the table a look at all of its rows.
    void refreshAges() final
    {
        QList<int> columns;
        for (int column = 0; column < m_columns.size() && !m_rows.isEmpty(); ++column) {
            if (m_columns[column].time)
                columns += column;
        }
        if (!columns.isEmpty())
            Q_EMIT this->aged(columns);
    }

    /// Makes the rows `wanted`, in that order, by few steps: rows that stay keep their selection. Keys are unique. Costs the length of
    /// both, and the views a signal for each span of rows that come, go or change; however many change their places, it is one.
    template <typename KeyOf>
    void updateTo(const QList<Row> &wanted, KeyOf keyOf)
    {
        const TableModel::Batch batch(*this);
        QHash<std::decay_t<std::invoke_result_t<KeyOf, const Row &>>, int> places;
        places.reserve(wanted.size());
        for (int place = 0; place < wanted.size(); ++place)
            places.insert(std::invoke(keyOf, wanted[place]), place);
        removeThose([&](const Row &row) { return !places.contains(std::invoke(keyOf, row)); });
        QList<int> standing; // of each row, where it is wanted
        standing.reserve(m_rows.size());
        for (const Row &row : std::as_const(m_rows))
            standing += places.value(std::invoke(keyOf, row));
        bringIntoOrder(standing);
        insertBetween(standing, wanted);
        replaceOthers(wanted);
    }

protected:
    void insertAt(int at, const QList<Row> &rows)
    {
        if (rows.isEmpty())
            return;
        this->beginInsertRows({}, at, at + int(rows.size()) - 1);
        m_rows.insert(at, rows.size(), rows.first()); // at once: what stands behind moves once
        std::ranges::copy(rows, m_rows.begin() + at);
        this->endInsertRows();
    }

    void replaceAt(int at, const Row &row)
    {
        m_rows[at] = row;
        Q_EMIT this->dataChanged(this->index(at, 0), this->index(at, int(m_columns.size()) - 1));
    }

    void removeAt(int at) { removeSpan(at, 1); }

    /// At once: each removal costs the views a look at all of their selection.
    void removeSpan(int at, int number)
    {
        if (number == 0)
            return;
        this->beginRemoveRows({}, at, at + number - 1);
        m_rows.remove(at, number);
        this->endRemoveRows();
        if (m_rows.capacity() > 1'000 && m_rows.size() < m_rows.capacity() / 4)
            m_rows.squeeze(); // many have gone: what they took is given back
    }

    /// By spans, from the end on.
    void removeThose(const auto &leave)
    {
        for (int end = int(m_rows.size()); end > 0;) {
            int from = end;
            while (from > 0 && leave(m_rows[from - 1]))
                --from;
            removeSpan(from, end - from);
            end = from - 1;
        }
    }

    const Clock &clock() const { return m_clock; }

private:
    /// Sorts the rows by their numbers, and the numbers.
    void bringIntoOrder(QList<int> &numbers)
    {
        if (std::ranges::is_sorted(numbers))
            return;
        Q_EMIT this->layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        QList<int> former(numbers.size()); // of each row to be, where it stands now
        std::iota(former.begin(), former.end(), 0);
        std::ranges::sort(former, {}, [&numbers](int row) { return numbers[row]; });
        QList<Row> sorted;
        sorted.reserve(m_rows.size());
        QList<int> place(numbers.size());
        for (const int row : std::as_const(former)) {
            place[row] = int(sorted.size());
            sorted += m_rows[row];
        }
        m_rows = std::move(sorted);
        std::ranges::sort(numbers);
        const QModelIndexList before = this->persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex &index : before)
            after += this->index(place[index.row()], index.column());
        this->changePersistentIndexList(before, after);
        Q_EMIT this->layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

    /// The rows stand at these places of `wanted`, whose others come.
    void insertBetween(const QList<int> &standing, const QList<Row> &wanted)
    {
        int at = 0;
        for (const int place : standing) {
            insertAt(at, wanted.mid(at, place - at));
            at = place + 1;
        }
        insertAt(at, wanted.mid(at));
    }

    void replaceOthers(const QList<Row> &wanted)
    {
        for (int from = 0; from < wanted.size();) {
            int end = from;
            for (; end < wanted.size() && !(m_rows[end] == wanted[end]); ++end)
                m_rows[end] = wanted[end];
            if (end > from)
                Q_EMIT this->dataChanged(this->index(from, 0), this->index(end - 1, int(m_columns.size()) - 1));
            from = end + 1;
        }
    }

    const Clock &m_clock;
    QList<Column<Row>> m_columns;
    QList<Row> m_rows;
};

} // namespace warder
