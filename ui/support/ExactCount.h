#pragma once

#include "ui/support/Ask.h"

#include <optional>

namespace warder {

/// A number that the console counts for a list that is not read to its end: asked for when it may have changed, one question in
/// flight. Nothing while it is not known. GUI thread.
template <typename T>
class ExactCount final
{
public:
    ExactCount(QObject *context, std::function<Answer<T>()> question, std::function<void()> answered)
        : m_context(context), m_question(std::move(question)), m_answered(std::move(answered))
    {}
    ~ExactCount() { m_asked.cancel(); }

    const std::optional<T> &value() const { return m_value; }

    /// Another list: the number says nothing about it.
    void forget()
    {
        m_value.reset();
        m_asked.cancel();
        ++m_number;
        m_asking = false;
        m_dirty = true;
    }

    /// The list changed; what was counted stays until the next answer.
    void touch() { m_dirty = true; }

    /// Asks, if the list changed since it was asked last.
    void askIfTouched()
    {
        if (!m_dirty || m_asking)
            return;
        m_dirty = false;
        m_asking = true;
        m_asked = m_question();
        ask(
            m_asked, m_context, [this, number = m_number](const T &value) { take(number, value); },
            [this, number = m_number](const Error &) { take(number, std::nullopt); });
    }

private:
    void take(quint64 number, std::optional<T> value)
    {
        if (number != m_number)
            return;
        m_asking = false;
        m_dirty = m_dirty || !value; // in vain: the next beat tries again
        if (value)
            m_value = value;
        m_answered();
    }

    QObject *m_context;
    std::function<Answer<T>()> m_question;
    std::function<void()> m_answered;
    Answer<T> m_asked;
    std::optional<T> m_value;
    quint64 m_number = 0;
    bool m_asking = false;
    bool m_dirty = true;
};

} // namespace warder
