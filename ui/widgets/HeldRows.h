#pragma once

#include "ui/widgets/TableModel.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QVariant>

#include <functional>
#include <memory>
#include <utility>

namespace warder {

/// The rows of a table's model, which can be held: what they say goes on changing, but rows that come wait, and a row in sight that goes
/// stays in its place, greyed out and out of reach, until all are released. Not held, it has the rows of the model and nothing else. Costs
/// nothing until the first row comes or goes, and the length of the list for each span of rows from then on. A part of DataTable. GUI
/// thread.
class HeldRows final : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// What only the table can tell.
    struct Sight
    {
        std::function<bool(int first)> passes; ///< Rows that come at that place of the model move nothing that is looked at.
        std::function<bool(int row)> keeps;    ///< That row is looked at: it stays in its place when it goes.
    };
    explicit HeldRows(Sight sight) : m_sight(std::move(sight)) {}

    /// Once. The model may end before this.
    void setModel(TableModel *model);

    void hold() { m_isHeld = true; }
    bool isHeld() const { return m_isHeld; }
    void release();
    /// How many rows came, went or changed places, and do not show it yet.
    qsizetype waiting() const;

    /// The row of the model; -1 of one that has gone.
    int modelRow(int row) const;
    /// Where a row of the model stands; -1: it waits.
    int rowOf(int modelRow) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() || !m_model ? 0 : m_model->columnCount(); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return m_model ? m_model->headerData(section, orientation, role) : QVariant();
    }
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    bool canFetchMore(const QModelIndex &parent) const override { return !parent.isValid() && m_model && m_model->canFetchMore({}); }
    void fetchMore(const QModelIndex &) override
    {
        if (m_model)
            m_model->fetchMore({});
    }

Q_SIGNALS:
    /// waiting() may be another number.
    void waitingChanged();
    /// The row has gone from the model, and stays to be seen.
    void gone(int row);

private:
    using Cells = QList<QHash<int, QVariant>>; ///< By column and role.
    struct Row
    {
        int inModel = -1;                        ///< -1: it has gone.
        std::shared_ptr<const Cells> cells = {}; ///< What it said last.
    };

    /// From here on the rows are counted by themselves.
    void standApart();
    void beginInsert(int first, int last);
    void endInsert(int first, int last);
    void beginRemove(int first, int last);
    void endRemove(int first, int last);
    void beginReorder();
    void endReorder();
    void passOn(const QModelIndex &from, const QModelIndex &to, const QList<int> &roles);
    void keep(int row);
    std::shared_ptr<const Cells> cellsOf(int modelRow) const;
    void dropThose(const std::function<bool(int row)> &go);
    void bringIntoOrder();
    void letIn();

    const Sight m_sight;
    QPointer<TableModel> m_model;
    bool m_isHeld = false;
    bool m_isApart = false;
    bool m_isChanging = false; ///< The model is: nothing is released in between.
    QList<Row> m_rows;         ///< While m_isApart.
    qsizetype m_gone = 0;      ///< Of them.
    qsizetype m_swapped = 0;   ///< Of them: those that stand behind one which they come before.
    int m_passing = -1;        ///< Where rows are coming in that need not wait.

    // While the model changes.
    QList<QPersistentModelIndex> m_going;     ///< Rows that leave it, and are kept.
    QModelIndexList m_before;                 ///< Whose places somebody has noted.
    QList<QPersistentModelIndex> m_following; ///< What these, or all rows, are in the model.
};

} // namespace warder
