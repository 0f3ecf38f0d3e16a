#include "ui/widgets/WhyEmpty.h"

#include "ui/widgets/EmptyState.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

WhyEmpty::WhyEmpty(EmptyState &empty, QString (*inWords)(qint64), QObject *page) : QObject(page), m_empty(empty), m_inWords(inWords)
{
    connect(&empty, &EmptyState::offered, this, &WhyEmpty::drop);
}

void WhyEmpty::present(const Narrowings &narrowings)
{
    m_parts = narrowings.parts;
    if (m_parts.size() < 2)
        return hide();
    if (!std::exchange(m_isAsked, true))
        count(narrowings);
    show();
}

void WhyEmpty::count(const Narrowings &narrowings)
{
    m_question.cancel();
    m_question = narrowings.count([this, turn = ++m_turn](const QList<qint64> &numbers) {
        if (turn != m_turn)
            return;
        m_numbers = numbers;
        if (m_empty.isVisible())
            show();
    });
}

void WhyEmpty::show()
{
    QStringList choices;
    for (qsizetype part = 0; part < m_parts.size(); ++part) {
        const QString number = m_numbers ? m_inWords(m_numbers->value(part)) : u"…"_s;
        const bool isKnown = !m_numbers || m_numbers->size() == m_parts.size();
        //: Button in place of an empty list: what it leaves out of the filter ("Without “state:live”"), and how many rows there are then.
        choices += isKnown ? tr("%1: %2").arg(m_parts[part].without, number) : m_parts[part].without;
    }
    m_empty.offer(choices);
}

void WhyEmpty::hide() { m_empty.offer({}); }

void WhyEmpty::forget()
{
    ++m_turn;
    m_question.cancel();
    m_numbers.reset();
    m_isAsked = false;
    hide();
}

void WhyEmpty::drop(int part)
{
    const Narrowing dropped = m_parts.value(part); // it forgets them
    if (dropped.drop)
        dropped.drop();
}

} // namespace warder
