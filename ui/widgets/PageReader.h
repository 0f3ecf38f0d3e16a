#pragma once

#include "core/base/Error.h"
#include "core/console/Console.h"
#include "core/console/orders/Members.h"
#include "ui/support/Ask.h"

#include <QObject>

#include <algorithm>
#include <functional>
#include <utility>

namespace warder {

/// What rows that were read are of their list: the begin of what is to stand there, what follows on the last row, what comes before the
/// first one, or, where nothing follows on a place, the end of the list.
enum class ListPart { Fresh, Next, Earlier, Last };

/// Reads a long list page by page, as the console hands it out (`List`: the order that asks for it, such as ListUsers). One question in
/// flight; the answer to an older question is dropped and its work cancelled. GUI thread.
template <typename List>
class PageReader final
{
public:
    using Row = typename decltype(List::Answer::rows)::value_type;
    /// `next`: cursor of what follows on the rows, or comes before them where they were read backwards; empty: nothing does.
    using OnRead = std::function<void(ListPart part, const QList<Row> &rows, const QString &next)>;
    static constexpr int pageSize = 200;

    /// `page` hears how the questions went (AnswerListener).
    PageReader(Console &console, QObject *page, OnRead onRead, std::function<void(const Error &)> onError)
        : m_console(console), m_page(page), m_onRead(std::move(onRead)), m_onError(std::move(onError))
    {}
    ~PageReader() { cancel(); }
    Q_DISABLE_COPY_MOVE(PageReader)

    /// What the list is asked for by: filters, no cursor.
    void setQuestion(const List &question) { m_question = question; }
    const List &question() const { return m_question; }

    /// Reads at least `rows` from a place on, the begin of the list if it is empty; where nothing follows on it, the end of the list.
    /// Cancels what is being read.
    void readFresh(const QString &begin, qsizetype rows)
    {
        m_wanted = qMax<qsizetype>(rows, pageSize);
        m_gathered.clear();
        cancel();
        m_begin = begin;
        askFor(ListPart::Fresh, m_begin);
    }
    void readNext(const QString &cursor) { askFor(ListPart::Next, cursor); }
    void readEarlier(const QString &cursor) { askFor(ListPart::Earlier, cursor); }

    /// Where the last readFresh() began.
    const QString &begin() const { return m_begin; }

private:
    void cancel()
    {
        ++m_turn;
        m_asked.cancel();
    }

    void askFor(ListPart part, const QString &cursor)
    {
        List list = m_question;
        list.cursor = cursor;
        list.limit = part == ListPart::Fresh ? int(std::clamp<qsizetype>(m_wanted - m_gathered.size(), 1, 500)) : pageSize;
        if constexpr (requires { list.backwards; })
            list.backwards = part == ListPart::Earlier || part == ListPart::Last;
        m_asked = m_console.ask(list);
        ask(
            m_asked, m_page,
            [this, part, turn = m_turn](const PageOf<Row> &page) {
                if (turn == m_turn)
                    takePage(page, part);
            },
            [this, turn = m_turn](const Error &error) {
                if (turn != m_turn)
                    return;
                m_gathered.clear(); // whatever is read next is no continuation of it
                m_onError(error);
            });
    }

    void takePage(const PageOf<Row> &page, ListPart part)
    {
        m_gathered += page.rows;
        if (part == ListPart::Fresh && !page.next.isEmpty() && m_gathered.size() < m_wanted)
            return askFor(ListPart::Fresh, page.next);
        if (part == ListPart::Fresh && m_gathered.isEmpty() && !m_begin.isEmpty())
            return askFor(ListPart::Last, m_begin);
        m_onRead(part, std::exchange(m_gathered, {}), page.next);
    }

    Console &m_console;
    QObject *m_page;
    OnRead m_onRead;
    std::function<void(const Error &)> m_onError;
    List m_question;
    Answer<PageOf<Row>> m_asked;
    QList<Row> m_gathered;
    qsizetype m_wanted = pageSize;
    QString m_begin;
    quint64 m_turn = 0; ///< Answers to questions of an older one are dropped.
};

} // namespace warder
