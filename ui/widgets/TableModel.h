#pragma once

#include <QAbstractTableModel>

namespace warder {

/// What a model answers beside Qt's own roles.
enum RowRole {
    SortRole = Qt::UserRole + 1, ///< The raw value: a number, a time, a case-folded text.
    ToneRole,                    ///< int(Tone) of a state, for the dot before it.
    HistoryRole,                 ///< QList<double>, for a sparkline.
    BelowRole,                   ///< QList<double>, as many: of another kind, which the bars of HistoryRole stand on, on the same scale.
    QuietRole,                   ///< What stands behind the words in a quieter colour where there is room: the key of a name.
    IconRole,                    ///< The name of a drawing before the words, in the colour of the ToneRole.
    LoadRole,                    ///< double, 0–1: how full something is, for a small bar before the words.
    RawRole,                     ///< What an export writes: a time instead of an age.
    FixedWidthRole,              ///< true: an id, a key id or a network address, in letters of one width.
    CharactersRole,              ///< Of a header: how many characters its column usually holds; 0: it is out of use, and not shown.
};

/// What a DataTable needs of its model, whatever the rows are. GUI thread.
class TableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Time went by: texts such as "3 min ago" are asked for again, where they are in view. Sorting does not change by that.
    virtual void refreshAges() = 0;

Q_SIGNALS:
    /// What these columns say may be another text by now, though no row has changed.
    void aged(const QList<int> &columns);
    /// Somebody typed this into a cell, in place of what stood there. The cell shows it once the row is another one.
    void edited(int row, int column, const QString &text);
    /// Several rows may change between these two: what is looked at keeps its place over all of them.
    void changing();
    void changed();

protected:
    /// Emits changing() now and changed() at its end. Not to be nested.
    class Batch final
    {
    public:
        explicit Batch(TableModel &model) : m_model(model) { Q_EMIT m_model.changing(); }
        ~Batch() { Q_EMIT m_model.changed(); }
        Q_DISABLE_COPY_MOVE(Batch)

    private:
        TableModel &m_model;
    };
};

} // namespace warder
