#pragma once

#include "core/base/Error.h"
#include "core/console/orders/Changes.h"
#include "ui/support/ListExport.h"
#include "ui/widgets/ListMark.h"
#include "ui/widgets/TableModel.h"

#include <optional>

namespace warder {

/// What a list page needs of its model, whatever the rows are. GUI thread.
class PagedList : public TableModel
{
    Q_OBJECT
public:
    using TableModel::TableModel;

    /// Reads the list anew, at least `rows` of it: what was scrolled to stays. Cancels questions in flight.
    virtual void reload(qsizetype rows) = 0;
    /// Another list is wanted: until it comes the rows that are shown are not an answer, and their number is not known.
    virtual void search() = 0;
    /// The rows that stand there belong to the past.
    virtual void clear() = 0;
    virtual void apply(const QList<Change> &changes) = 0;
    /// Once a second: ages, and rows that leave by themselves.
    virtual void everySecond() { refreshAges(); }

    /// Reads the list from a place inside it on, at least `rows`: a mark's; an empty one is its begin. Says when it has jumped().
    virtual void jumpTo(const QString &place, qsizetype rows) = 0;
    /// Reads what comes before the first row.
    virtual void fetchEarlier() = 0;
    /// Places to jump to, in the list's order, the first one its begin; none: nobody can jump in it.
    virtual QList<ListMark> marks() const { return {}; }
    /// The last mark that is at that row, or before it; -1: none.
    virtual qsizetype markAt(int row) const = 0;

    bool hasMore() const { return !m_next.isEmpty(); }
    bool hasEarlier() const { return !m_previous.isEmpty(); }
    bool isWhole() const { return !hasMore() && !hasEarlier(); }
    bool isLoading() const { return m_loading; }
    bool wasLoaded() const { return m_loaded; }
    /// The rows belong to an older question.
    bool isSearching() const { return m_searching; }

    /// How many rows the whole list has: of a list that is read to its end they stand there, else the console counts. Empty while
    /// nobody knows.
    virtual std::optional<qint64> total() const = 0;
    /// Has the console count, where it must and the number may have changed.
    virtual void updateTotal() = 0;
    /// False: nobody can say how many rows there are before the list is read to its end.
    virtual bool isCountable() const { return true; }

    /// Starts to write the whole list to `file`, as it is asked for now. Deleting what it returns stops that.
    virtual QObject *exportTo(const QString &file, const ExportListener &listener) const = 0;
    /// The same for these rows of what was read.
    virtual QObject *exportRows(const QString &file, const QList<int> &rows, const ExportListener &listener) const = 0;

    bool canFetchMore(const QModelIndex &parent) const final { return !parent.isValid() && hasMore(); }

Q_SIGNALS:
    /// Other rows, or another number of them.
    void updated();
    /// Where jumpTo() led: to this row, or, where nothing comes behind that place, to this last one. Before updated().
    void jumped(int row);
    void failed(const warder::Error &error);

protected:
    QString m_next;     ///< Cursor of the rows after the last one.
    QString m_previous; ///< Parts the list before the first row; empty: that is its begin.
    bool m_loading = false;
    bool m_loaded = false;
    bool m_searching = false;
};

} // namespace warder
