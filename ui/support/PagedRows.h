#pragma once

#include "core/console/orders/Changes.h"
#include "ui/support/Ask.h"

#include <functional>

namespace warder {

/// Reads a long list page by page, one question in flight; the answer to an older question is dropped and its work cancelled. What
/// journal changes arrive meanwhile is kept and handed out again after the answer, so that an answer older than a change
/// never wins. GUI thread.
template <typename Row>
class PagedRows final
{
public:
    static constexpr int pageSize = 200;

    struct Wires
    {
        std::function<Answer<PageOf<Row>>(const QString &cursor, int limit)> fetch;
        std::function<void(const QList<Row> &)> replaced; ///< The list, from its beginning.
        std::function<void(const QList<Row> &)> appended; ///< The next rows.
        std::function<void(const QList<Change> &)> changed;
        std::function<void(const Error &)> failed;
    };

    PagedRows(QObject *context, Wires wires) : m_context(context), m_wires(std::move(wires)) {}
    ~PagedRows() { m_asked.cancel(); }

    /// Reads the list anew, at least `rows` of it: what was scrolled to stays. Takes a question in flight back.
    void reload(qsizetype rows)
    {
        m_wanted = qMax<qsizetype>(rows, pageSize);
        m_gathered.clear();
        m_missedWhileReading.clear();
        ++m_question;
        m_asked.cancel();
        askNext({}, true);
    }

    /// Another list is wanted: until it comes the rows that are shown are not an answer.
    void search()
    {
        m_searching = true;
        reload(0);
    }

    void more()
    {
        if (hasMore() && !m_loading)
            askNext(m_next, false);
    }

    bool hasMore() const { return !m_next.isEmpty(); }
    bool isLoading() const { return m_loading; }
    bool wasLoaded() const { return m_loaded; }
    /// The rows belong to an older question.
    bool isSearching() const { return m_searching; }

    void apply(const QList<Change> &changes)
    {
        if (m_loading)
            m_missedWhileReading += changes;
        if (m_loaded && !m_searching)
            m_wires.changed(changes);
    }

private:
    void askNext(const QString &cursor, bool fresh)
    {
        m_loading = true;
        const quint64 question = m_question;
        const int limit = fresh ? int(std::clamp<qsizetype>(m_wanted - m_gathered.size(), 1, 500)) : pageSize;
        m_asked = m_wires.fetch(cursor, limit);
        ask(
            m_asked, m_context,
            [this, question, fresh](const PageOf<Row> &page) {
                if (question == m_question)
                    take(page, fresh);
            },
            [this, question](const Error &error) {
                if (question != m_question)
                    return;
                m_loading = false;
                m_wires.failed(error);
            });
    }

    void take(const PageOf<Row> &page, bool fresh)
    {
        m_gathered += page.rows;
        if (fresh && !page.next.isEmpty() && m_gathered.size() < m_wanted)
            return askNext(page.next, true);
        m_loading = m_searching = false;
        m_loaded = true;
        m_next = page.next;
        const QList<Row> rows = std::exchange(m_gathered, {});
        fresh ? m_wires.replaced(rows) : m_wires.appended(rows);
        if (const auto changes = std::exchange(m_missedWhileReading, {}); !changes.isEmpty())
            m_wires.changed(changes);
    }

    QObject *m_context;
    Wires m_wires;
    Answer<PageOf<Row>> m_asked;
    QString m_next;
    QList<Row> m_gathered;
    QList<Change> m_missedWhileReading;
    qsizetype m_wanted = pageSize;
    quint64 m_question = 0; ///< Answers to older questions are dropped.
    bool m_loading = false;
    bool m_loaded = false;
    bool m_searching = false;
};

} // namespace warder
