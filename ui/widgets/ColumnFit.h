#pragma once

#include <QList>
#include <QObject>

class QMenu;
class QTableView;

namespace warder {

/// The widths of columns in `room` pixels: what each wants where all of that fits; else each gives up the same share of what
/// it has above its least; and where even that is too much, the last ones are left out (0), the first never. Pure.
QList<int> fittedWidths(const QList<int> &least, const QList<int> &wanted, int room);

/// Sizes the columns of a table by what they show and the room there is, the important ones first, until the person sizes
/// or chooses columns by hand.
class ColumnFit final : public QObject
{
    Q_OBJECT
public:
    /// The table has its model, whose header says in CharactersRole how much each column usually holds, the most important column
    /// first, and 0 of one that says nothing just now and is left out; that may change later. It becomes this object's parent.
    explicit ColumnFit(QTableView &table);

    void fit();
    bool isByHand() const { return m_byHand; }
    void setByHand(bool byHand) { m_byHand = byHand; }

    /// Which columns are shown, and the way back to the automatic.
    void fillMenu(QMenu &menu);

private:
    void readCharacters();
    void noteResized(int column);
    void apply(const QList<int> &widths);
    QList<int> wanted() const;
    QList<int> leastOf(const QList<int> &wanted) const;

    QTableView &m_table;
    QList<int> m_characters;
    bool m_fitting = false;
    bool m_byHand = false;
};

} // namespace warder
