#pragma once

#include "core/base/Id.h"
#include "core/console/Console.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Members.h"
#include "ui/PageContext.h"
#include "ui/support/Ask.h"
#include "ui/support/ListExport.h"
#include "ui/widgets/RowsModel.h"
#include "ui/widgets/TableModel.h"

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

    bool hasMore() const { return !m_next.isEmpty(); }
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

    bool canFetchMore(const QModelIndex &parent) const final { return !parent.isValid() && hasMore(); }

Q_SIGNALS:
    /// Other rows, or another number of them.
    void updated();
    void failed(const warder::Error &error);

protected:
    QString m_next; ///< Cursor of the rows after the last one.
    bool m_loading = false;
    bool m_loaded = false;
    bool m_searching = false;
};

/// A long list that the console hands out page by page (`List`, such as ListUsers) and counts (`Count`), as far as it has been read;
/// one question in flight; the answer to an older question is dropped and its work cancelled. Changes of the journal touch their
/// own row only; those that arrive while a page is read are applied again after it, so that an answer older than a change never
/// wins. Rows are known by their `id`, and isBefore() is the order in which the console lists them. GUI thread.
template <typename List, typename Count>
class PagedModel : public RowsModel<typename decltype(List::Answer::rows)::value_type, PagedList>
{
public:
    using Row = typename decltype(List::Answer::rows)::value_type;
    using Counts = typename Count::Answer;
    static constexpr int pageSize = 200;

    /// `page` becomes the parent and hears how the questions went (AnswerListener).
    PagedModel(const PageContext &context, QList<Column<Row>> columns, QObject *page)
        : RowsModel<Row, PagedList>(context.clock, std::move(columns), page), m_console(context.console), m_page(page)
    {}
    ~PagedModel() override { cancelQuestions(); }

    /// A row that somebody changed or made here.
    void put(const Row &row)
    {
        const TableModel::Batch batch(*this);
        applyRow(row);
    }

    virtual int rowOf(const Id &id) const
    {
        const auto found = std::ranges::find(this->rows(), id, &Row::id);
        return found == this->rows().end() ? -1 : int(found - this->rows().begin());
    }

    /// The number of total(), with what else the console counts.
    std::optional<Counts> counts() const
    {
        if (this->m_searching || !this->m_loaded)
            return std::nullopt;
        return this->hasMore() ? m_counts : countRead();
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
        if (!this->m_loaded || !this->hasMore() || m_counting || !m_countIsOld)
            return;
        m_countIsOld = false;
        m_counting = true;
        m_countAsked = m_console.ask(m_count);
        ask(
            m_countAsked, m_page, [this, question = m_question](const Counts &counts) { applyCounts(question, counts); },
            [this, question = m_question](const Error &) { applyCounts(question, std::nullopt); });
    }

    void reload(qsizetype rows) final
    {
        m_wanted = qMax<qsizetype>(rows, pageSize);
        m_gathered.clear();
        m_missed.clear();
        cancelQuestions();
        askNext({}, true);
    }
    void search() final
    {
        m_counts.reset();
        this->m_searching = true;
        reload(0);
    }
    void clear() final { replaceRows({}); }
    void fetchMore(const QModelIndex &) final
    {
        if (this->hasMore() && !this->m_loading)
            askNext(this->m_next, false);
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
        return new ListExport<List>(m_console, m_list, file, listener, m_page);
    }

protected:
    /// What the list is asked for by: filters, no cursor. Does not touch the rows.
    void setQuestions(const List &list, const Count &count)
    {
        m_list = list;
        m_count = count;
    }

    virtual bool isBefore(const Row &a, const Row &b) const = 0;
    /// Whether the list that was asked for has this row.
    virtual bool isWanted(const Row &row) const = 0;
    /// Applies a change that is not a new state of a row.
    virtual void applyOther(const Change &) {}
    /// Whether this change may be one of the list's length.
    virtual bool isCounted(const Change &) const { return true; }
    /// What the console would count, of a list that is read to its end; to be overridden where that is more than a number.
    virtual Counts countRead() const
    {
        if constexpr (std::same_as<Counts, qint64>)
            return this->rows().size();
        else
            return {};
    }

    /// Has the next updateTotal() count.
    void invalidateTotal() { m_countIsOld = true; }

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
        if (place < this->rows().size() || !this->hasMore()) // else its page is still to be read
            this->insertAt(place, {row});
    }

    void removeById(const Id &id)
    {
        if (const int row = rowOf(id); row >= 0)
            this->removeAt(row);
    }

private:
    void cancelQuestions()
    {
        ++m_question;
        m_asked.cancel();
        m_countAsked.cancel();
        m_counting = false;
        invalidateTotal();
    }

    void applyCounts(quint64 question, const std::optional<Counts> &counts)
    {
        if (question != m_question)
            return;
        m_counting = false;
        if (counts)
            m_counts = counts;
        else
            invalidateTotal(); // failed: the next everySecond() of the page asks again
        Q_EMIT this->updated();
    }

    void askNext(const QString &cursor, bool fresh)
    {
        this->m_loading = true;
        List list = m_list;
        list.cursor = cursor;
        list.limit = fresh ? int(std::clamp<qsizetype>(m_wanted - m_gathered.size(), 1, 500)) : pageSize;
        m_asked = m_console.ask(list);
        ask(
            m_asked, m_page,
            [this, fresh, question = m_question](const PageOf<Row> &page) {
                if (question == m_question)
                    applyPage(page, fresh);
            },
            [this, question = m_question](const Error &error) {
                if (question != m_question)
                    return;
                this->m_loading = false;
                Q_EMIT this->failed(error);
            });
    }

    void applyPage(const PageOf<Row> &page, bool fresh)
    {
        m_gathered += page.rows;
        if (fresh && !page.next.isEmpty() && m_gathered.size() < m_wanted)
            return askNext(page.next, true);
        this->m_loading = this->m_searching = false;
        this->m_loaded = true;
        this->m_next = page.next;
        const QList<Row> rows = std::exchange(m_gathered, {});
        fresh ? replaceRows(rows) : append(rows);
        applyAll(std::exchange(m_missed, {}));
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

    void append(const QList<Row> &rows)
    {
        QSet<Id> known;
        for (const Row &row : this->rows())
            known += row.id;
        QList<Row> fresh = rows;
        fresh.removeIf([&known](const Row &row) { return known.contains(row.id); });
        const TableModel::Batch batch(*this);
        this->insertAt(int(this->rows().size()), fresh);
    }

    Console &m_console;
    QObject *m_page;
    List m_list;
    Count m_count;
    Answer<PageOf<Row>> m_asked;
    Answer<Counts> m_countAsked;
    std::optional<Counts> m_counts; ///< Of a list that is not read to its end.
    bool m_counting = false;
    bool m_countIsOld = true;
    QList<Row> m_gathered;
    QList<Change> m_missed; ///< While a page was read.
    qsizetype m_wanted = pageSize;
    quint64 m_question = 0; ///< Answers to older questions are dropped.
};

} // namespace warder
