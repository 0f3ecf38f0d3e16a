#pragma once

#include "core/base/Error.h"
#include "core/console/Console.h"
#include "ui/support/Ask.h"

#include <QObject>

#include <functional>
#include <optional>
#include <utility>

namespace warder {

/// How many rows a list has, as the console counts them, perhaps with more numbers beside (`Count`: the order that asks, such as
/// CountUsers). One question in flight; the answer to an older question is dropped and its work cancelled. GUI thread.
template <typename Count>
class ListCount final
{
public:
    using Counts = typename Count::Answer;

    /// `page` hears how the questions went (AnswerListener); `onAnswered`: also where the answer is an error.
    ListCount(Console &console, QObject *page, std::function<void()> onAnswered)
        : m_console(console), m_page(page), m_onAnswered(std::move(onAnswered))
    {}
    ~ListCount() { cancel(); }
    Q_DISABLE_COPY_MOVE(ListCount)

    /// From the next update() on.
    void setQuestion(const Count &question) { m_question = question; }

    /// As it was counted last; empty while it was not.
    const std::optional<Counts> &value() const { return m_counts; }
    void forget() { m_counts.reset(); }

    /// Has the next update() count.
    void invalidate() { m_isOld = true; }
    void update()
    {
        if (m_counting || !m_isOld)
            return;
        m_isOld = false;
        m_counting = true;
        m_asked = m_console.ask(m_question);
        ask(
            m_asked, m_page, [this, turn = m_turn](const Counts &counts) { take(turn, counts); },
            [this, turn = m_turn](const Error &) { take(turn, std::nullopt); });
    }
    void cancel()
    {
        ++m_turn;
        m_asked.cancel();
        m_counting = false;
        invalidate();
    }

private:
    void take(quint64 turn, const std::optional<Counts> &counts)
    {
        if (turn != m_turn)
            return;
        m_counting = false;
        if (counts)
            m_counts = counts;
        else
            invalidate(); // failed: the next everySecond() of the page asks again
        m_onAnswered();
    }

    Console &m_console;
    QObject *m_page;
    std::function<void()> m_onAnswered;
    Count m_question;
    Answer<Counts> m_asked;
    std::optional<Counts> m_counts;
    bool m_counting = false;
    bool m_isOld = true;
    quint64 m_turn = 0; ///< Answers to questions of an older one are dropped.
};

} // namespace warder
