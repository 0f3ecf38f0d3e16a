#pragma once

#include "core/base/Id.h"
#include "core/console/Console.h"
#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"
#include "ui/support/ListExport.h"
#include "ui/support/RowsExport.h"
#include "ui/widgets/ListCount.h"
#include "ui/widgets/ListMark.h"
#include "ui/widgets/PageReader.h"
#include "ui/widgets/PagedList.h"
#include "ui/widgets/RowPlaces.h"
#include "ui/widgets/RowsModel.h"
#include "ui/widgets/TableModel.h"

#include <algorithm>

namespace warder {

/// A long list that the console hands out page by page (`List`, such as ListUsers) and counts (`Count`), as far as it has been read, from
/// its begin or from where somebody has jumped to. Changes of the journal touch their own row only; those that arrive while a page is read
/// are applied again after it, so that an answer older than a change never wins. Rows are known by their `id`, and isBefore() is the order
/// in which the console lists them. GUI thread.
template <typename List, typename Count>
class PagedModel : public RowsModel<typename decltype(List::Answer::rows)::value_type, PagedList>
{
public:
    using Row = typename decltype(List::Answer::rows)::value_type;
    using Counts = typename Count::Answer;

    /// `page` becomes the parent and hears how the questions went (AnswerListener).
    PagedModel(const PageContext &context, QList<Column<Row>> columns, QObject *page)
        : RowsModel<Row, PagedList>(context.clock, std::move(columns), page), m_console(context.console), m_page(page),
          m_reader(
              context.console, page, [this](ListPart part, const QList<Row> &rows, const QString &next) { takePart(part, rows, next); },
              [this](const Error &error) { reportUnread(error); }),
          m_count(context.console, page, [this] { Q_EMIT this->updated(); })
    {
        QObject::connect(this, &QAbstractItemModel::rowsInserted, this,
                         [this](const QModelIndex &, int first, int last) { m_places.add(this->rows(), first, last); });
        QObject::connect(this, &QAbstractItemModel::rowsAboutToBeRemoved, this,
                         [this](const QModelIndex &, int first, int last) { m_places.remove(this->rows(), first, last); });
    }

    /// A row that somebody changed or made here.
    void put(const Row &row) { putAll({row}); }
    /// Several at once: what is looked at finds its place again once.
    void putAll(const QList<Row> &rows)
    {
        const TableModel::Batch batch(*this);
        for (const Row &row : rows)
            applyRow(row);
    }

    /// -1 where there is none. See RowPlaces::find().
    virtual int rowOf(const Id &id) const { return m_places.find(this->rows(), id); }

    /// The number of total(), with what else the console counts.
    std::optional<Counts> counts() const
    {
        if (this->m_searching || !this->m_loaded)
            return std::nullopt;
        return this->isWhole() ? countRead() : m_count.value();
    }
    /// To be overridden, like countRead(), where `Count` answers more than a number.
    std::optional<qint64> total() const override
    {
        if constexpr (std::same_as<Counts, qint64>)
            return counts();
        else
            return std::nullopt;
    }
    void updateTotal() final
    {
        if (this->m_loaded && !this->isWhole())
            m_count.update();
    }

    void everySecond() override { this->refreshAges(); }

    void reload(qsizetype rows) final
    {
        m_missed.clear();
        m_count.cancel();
        this->m_loading = true;
        m_reader.readFresh(m_jump.value_or(this->m_previous), rows);
    }
    void search() final
    {
        m_count.forget();
        m_jump.reset();
        this->m_previous.clear();
        this->m_searching = true;
        reload(0);
    }
    void jumpTo(const QString &place, qsizetype rows) final
    {
        m_jump = place;
        reload(rows);
    }
    void clear() final { replaceRows({}); }
    void fetchMore(const QModelIndex &) final
    {
        if (!this->hasMore() || this->m_loading)
            return;
        this->m_loading = true;
        m_reader.readNext(this->m_next);
    }
    void fetchEarlier() final
    {
        if (!this->hasEarlier() || this->m_loading)
            return;
        this->m_loading = true;
        m_reader.readEarlier(this->m_previous);
    }
    qsizetype markAt(int row) const final
    {
        const QList<ListMark> marks = this->marks();
        const auto isPassed = [&](const ListMark &mark) { return mark.place.isEmpty() || isBehind(this->rows()[row], mark.place); };
        return row < 0 || row >= this->rows().size() ? -1 : std::ranges::partition_point(marks, isPassed) - marks.begin() - 1;
    }
    void apply(const QList<Change> &changes) final
    {
        if (std::ranges::any_of(changes, [this](const Change &change) { return isCounted(change); }))
            invalidateTotal();
        if (this->m_loading)
            m_missed += changes;
        if (this->m_loaded && !this->m_searching)
            applyAll(changes);
    }

    QObject *exportTo(const QString &file, const ExportListener &listener) const final
    {
        return new ListExport<List>(m_console, m_reader.question(), file, listener, m_page);
    }
    QObject *exportRows(const QString &file, const QList<int> &rows, const ExportListener &listener) const final
    {
        QList<Row> chosen;
        chosen.reserve(rows.size());
        for (const int row : rows)
            chosen += this->rows()[row];
        return new RowsExport<Row>(std::move(chosen), file, listener, m_page);
    }

protected:
    /// What the list is asked for by: filters, no cursor. Does not touch the rows.
    void setQuestions(const List &list, const Count &count)
    {
        m_reader.setQuestion(list);
        m_count.setQuestion(count);
    }

    virtual bool isBefore(const Row &a, const Row &b) const = 0;
    /// Whether the row comes behind a place that marks() has; of others it may say anything.
    virtual bool isBehind(const Row &, const QString & /*place*/) const { return false; }
    /// Whether the list that was asked for has this row.
    virtual bool isWanted(const Row &row) const = 0;
    /// Applies a change that is not a new state of a row.
    virtual void applyOther(const Change &) {}
    /// Whether this change may be one of the list's length.
    virtual bool isCounted(const Change &) const { return true; }
    /// What the console would count, of a list that is read to its end; to be overridden where that is more than a number. Pages ask
    /// several times in a turn.
    virtual Counts countRead() const
    {
        if constexpr (std::same_as<Counts, qint64>)
            return this->rows().size();
        else
            return {};
    }

    /// Has the next updateTotal() count.
    void invalidateTotal() { m_count.invalidate(); }

    /// Where the row stands, or would.
    int placeOf(const Row &row) const
    {
        const auto before = [this](const Row &a, const Row &b) { return isBefore(a, b); };
        return int(std::ranges::lower_bound(this->rows(), row, before) - this->rows().begin());
    }

    /// Inserts, replaces, moves or removes the row, as the list that was asked for has it.
    void applyRow(const Row &row)
    {
        const int was = rowOf(row.id);
        const auto stays = [&] { return !isBefore(row, this->rows()[was]) && !isBefore(this->rows()[was], row); };
        if (was >= 0 && isWanted(row) && stays())
            return this->replaceAt(was, row);
        if (was >= 0)
            this->removeAt(was); // another place, or none
        if (!isWanted(row))
            return;
        const int place = placeOf(row);
        const bool isAfterBegin = place > 0 || !this->hasEarlier() || isBehind(row, this->m_previous);
        if (isAfterBegin && (place < this->rows().size() || !this->hasMore())) // else its page is still to be read
            this->insertAt(place, {row});
    }

    void removeById(const Id &id)
    {
        if (const int row = rowOf(id); row >= 0)
            this->removeAt(row);
    }

private:
    void reportUnread(const Error &error)
    {
        this->m_loading = false;
        m_missed.clear(); // older than what is read next
        m_jump.reset();
        Q_EMIT this->failed(error);
    }

    void takePart(ListPart part, const QList<Row> &rows, const QString &next)
    {
        this->m_loading = this->m_searching = false;
        this->m_loaded = true;
        const bool isJump = m_jump.has_value();
        m_jump.reset();
        noteEnds(next, part); // first: the table may want more while it takes the rows
        takeRows(rows, part);
        if (isJump)
            Q_EMIT this->jumped(part == ListPart::Last ? int(this->rows().size()) - 1 : 0);
        applyAll(std::exchange(m_missed, {}));
    }

    void takeRows(const QList<Row> &rows, ListPart part)
    {
        switch (part) {
        case ListPart::Fresh:
        case ListPart::Last:    return replaceRows(rows);
        case ListPart::Next:    return add(rows, this->rows().size());
        case ListPart::Earlier: return add(rows, 0);
        }
    }

    void noteEnds(const QString &next, ListPart part)
    {
        (part == ListPart::Earlier || part == ListPart::Last ? this->m_previous : this->m_next) = next;
        if (part == ListPart::Fresh)
            this->m_previous = m_reader.begin();
        if (part == ListPart::Last)
            this->m_next.clear();
    }

    void applyAll(const QList<Change> &changes)
    {
        {
            const TableModel::Batch batch(*this);
            for (const Change &change : changes)
                std::visit(
                    [&]<typename T>(const T &one) {
                        if constexpr (std::same_as<T, Row>)
                            applyRow(one);
                        else
                            applyOther(change);
                    },
                    change);
        }
        Q_EMIT this->updated();
    }

    void replaceRows(const QList<Row> &rows)
    {
        this->updateTo(rows, [](const Row &row) { return row.id; });
    }

    void add(const QList<Row> &rows, qsizetype at)
    {
        QList<Row> fresh = rows;
        fresh.removeIf([this](const Row &row) { return m_places.contains(row.id); });
        const TableModel::Batch batch(*this);
        this->insertAt(int(at), fresh);
    }

    Console &m_console;
    QObject *m_page;
    RowPlaces<Row> m_places;
    PageReader<List> m_reader;
    ListCount<Count> m_count;      ///< Of a list that is not read to its end.
    QList<Change> m_missed;        ///< While a page was read.
    std::optional<QString> m_jump; ///< Where somebody wants to be, until the rows are there.
};

} // namespace warder
