#include "ui/widgets/HeldRows.h"

#include <algorithm>
#include <array>
#include <utility>

namespace warder {
namespace {

/// What a row that has gone is still painted and sorted by.
constexpr std::array<int, 13> keptRoles {
    Qt::DisplayRole, Qt::ToolTipRole, Qt::TextAlignmentRole, SortRole,      ToneRole, HistoryRole, BelowRole, QuietRole, IconRole,
    LoadRole,        RawRole,         Qt::EditRole,          FixedWidthRole};

} // namespace

void HeldRows::setModel(TableModel *model)
{
    beginResetModel();
    m_model = model;
    endResetModel();
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this](const QModelIndex &, int first, int last) { beginInsert(first, last); });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) { endInsert(first, last); });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { beginRemove(first, last); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first, int last) { endRemove(first, last); });
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, [this] { beginReorder(); });
    connect(model, &QAbstractItemModel::layoutChanged, this, [this] { endReorder(); });
    connect(model, &QAbstractItemModel::dataChanged, this, &HeldRows::passOn);
    connect(model, &QAbstractItemModel::headerDataChanged, this, &QAbstractItemModel::headerDataChanged);
}

qsizetype HeldRows::waiting() const
{
    if (!m_isApart || !m_model)
        return 0;
    const qsizetype waitToCome = m_model->rowCount() - (m_rows.size() - m_gone);
    return waitToCome + m_gone + m_swapped;
}

int HeldRows::modelRow(int row) const
{
    if (!m_isApart)
        return row;
    return row >= 0 && row < m_rows.size() ? m_rows[row].inModel : -1;
}

/// It is not far from its number in the model: as far as rows wait, unless some have changed places.
int HeldRows::rowOf(int modelRow) const
{
    if (!m_isApart)
        return modelRow;
    const qsizetype furthest = m_swapped == 0 ? waiting() : std::max<qsizetype>(modelRow, m_rows.size());
    for (qsizetype away = 0; modelRow >= 0 && away <= furthest; ++away) {
        for (const qsizetype row : {modelRow - away, modelRow + away}) {
            if (row >= 0 && row < m_rows.size() && m_rows[row].inModel == modelRow)
                return int(row);
        }
    }
    return -1;
}

int HeldRows::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() || !m_model)
        return 0;
    return m_isApart ? int(m_rows.size()) : m_model->rowCount();
}

QVariant HeldRows::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_model)
        return {};
    if (m_isApart && m_rows[index.row()].cells)
        return m_rows[index.row()].cells->value(index.column()).value(role);
    return m_model->data(m_model->index(modelRow(index.row()), index.column()), role);
}

Qt::ItemFlags HeldRows::flags(const QModelIndex &index) const
{
    const int row = modelRow(index.row());
    return m_model && row >= 0 ? m_model->flags(m_model->index(row, index.column())) : Qt::ItemFlags(Qt::NoItemFlags);
}

bool HeldRows::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const int row = modelRow(index.row());
    return m_model && row >= 0 && m_model->setData(m_model->index(row, index.column()), value, role);
}

void HeldRows::standApart()
{
    if (std::exchange(m_isApart, true))
        return;
    m_rows.resize(m_model->rowCount());
    for (int row = 0; row < m_rows.size(); ++row)
        m_rows[row].inModel = row;
}

void HeldRows::beginInsert(int first, int last)
{
    m_isChanging = true;
    if (m_isHeld && !m_sight.passes(first))
        return standApart();
    m_passing = m_isApart && first > 0 ? int(m_rows.size()) : first;
    beginInsertRows({}, m_passing, m_passing + last - first);
}

void HeldRows::endInsert(int first, int last)
{
    const int number = last - first + 1;
    for (Row &row : m_rows) {
        if (row.inModel >= first)
            row.inModel += number;
    }
    m_isChanging = false;
    const int at = std::exchange(m_passing, -1);
    if (at < 0)
        return Q_EMIT waitingChanged();
    if (m_isApart) {
        m_rows.insert(at, number, Row {});
        for (int i = 0; i < number; ++i)
            m_rows[at + i].inModel = first + i;
    }
    endInsertRows();
}

void HeldRows::beginRemove(int first, int last)
{
    m_isChanging = true;
    if (!m_isHeld)
        return beginRemoveRows({}, first, last);
    standApart();
    const auto goes = [&](int row) { return m_rows[row].inModel >= first && m_rows[row].inModel <= last; };
    for (int row = 0; row < m_rows.size(); ++row) {
        if (goes(row) && m_sight.keeps(row))
            keep(row);
    }
    dropThose(goes);
}

/// By spans: each costs the views a look at all of their selection.
void HeldRows::dropThose(const std::function<bool(int row)> &go)
{
    for (int end = int(m_rows.size()); end > 0;) {
        int from = end;
        while (from > 0 && go(from - 1))
            --from;
        if (from < end) {
            beginRemoveRows({}, from, end - 1);
            m_rows.remove(from, end - from);
            endRemoveRows();
        }
        end = from - 1;
    }
}

void HeldRows::endRemove(int first, int last)
{
    m_isChanging = false;
    if (!m_isHeld)
        return endRemoveRows();
    for (Row &row : m_rows) {
        if (row.inModel > last)
            row.inModel -= last - first + 1;
    }
    const auto going = std::exchange(m_going, {});
    for (const QPersistentModelIndex &each : going) {
        Q_EMIT dataChanged(each, each.sibling(each.row(), columnCount() - 1));
        Q_EMIT gone(each.row());
    }
    Q_EMIT waitingChanged();
}

void HeldRows::keep(int row)
{
    m_rows[row].cells = cellsOf(m_rows[row].inModel);
    m_rows[row].inModel = -1;
    ++m_gone;
    m_going += QPersistentModelIndex(index(row, 0));
}

std::shared_ptr<const HeldRows::Cells> HeldRows::cellsOf(int modelRow) const
{
    auto cells = std::make_shared<Cells>();
    for (int column = 0; column < columnCount(); ++column) {
        QHash<int, QVariant> cell;
        for (const int role : keptRoles)
            cell.insert(role, m_model->data(m_model->index(modelRow, column), role));
        cells->append(cell);
    }
    return cells;
}

void HeldRows::beginReorder()
{
    m_isChanging = true;
    if (m_isHeld) {
        standApart();
        for (const Row &row : std::as_const(m_rows))
            m_following += QPersistentModelIndex(m_model->index(row.inModel, 0));
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    m_before = persistentIndexList();
    for (const QModelIndex &each : std::as_const(m_before))
        m_following += QPersistentModelIndex(m_model->index(each.row(), each.column()));
}

void HeldRows::endReorder()
{
    m_isChanging = false;
    const auto following = std::exchange(m_following, {});
    if (m_isHeld) {
        m_swapped = 0;
        int furthest = -1;
        for (qsizetype row = 0; row < m_rows.size(); ++row) {
            m_rows[row].inModel = following[row].row();
            m_swapped += m_rows[row].inModel >= 0 && m_rows[row].inModel < furthest ? 1 : 0;
            furthest = std::max(furthest, m_rows[row].inModel);
        }
        return Q_EMIT waitingChanged();
    }
    QModelIndexList after;
    for (const QPersistentModelIndex &each : following)
        after += index(each.row(), each.column());
    changePersistentIndexList(std::exchange(m_before, {}), after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void HeldRows::passOn(const QModelIndex &from, const QModelIndex &to, const QList<int> &roles)
{
    int first = from.row();
    int last = to.row();
    if (m_isApart && first == last) {
        first = last = rowOf(first);
    } else if (m_isApart) { // to look for each would cost more
        first = 0;
        last = int(m_rows.size()) - 1;
    }
    if (first >= 0)
        Q_EMIT dataChanged(index(first, from.column()), index(last, to.column()), roles);
}

void HeldRows::release()
{
    if (!m_isHeld || m_isChanging)
        return;
    m_isHeld = false;
    if (!m_isApart)
        return;
    dropThose([this](int row) { return m_rows[row].inModel < 0; });
    m_gone = 0;
    bringIntoOrder();
    letIn();
    m_rows = {};
    m_isApart = false;
    Q_EMIT waitingChanged();
}

void HeldRows::bringIntoOrder()
{
    if (std::exchange(m_swapped, 0) == 0)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<int> wanted;
    for (const QModelIndex &each : before)
        wanted += m_rows[each.row()].inModel;
    std::ranges::sort(m_rows, {}, &Row::inModel);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto place = std::ranges::lower_bound(m_rows, wanted[i], {}, &Row::inModel);
        after += index(int(place - m_rows.begin()), before[i].column());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void HeldRows::letIn()
{
    const int all = m_model ? m_model->rowCount() : 0;
    int next = 0; // row of the model
    for (int row = 0; next < all; ++row, ++next) {
        const int end = row < m_rows.size() ? m_rows[row].inModel : all;
        if (next == end)
            continue;
        beginInsertRows({}, row, row + end - next - 1);
        m_rows.insert(row, end - next, Row {});
        for (; next < end; ++next, ++row)
            m_rows[row].inModel = next;
        endInsertRows();
    }
}

} // namespace warder
