#include "tests/ui/support/StillConsole.h"

#include "tests/ui/support/FakeConsole.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

constexpr qint64 million = 1'000'000;

template <typename Order>
bool answersWith(Errand &errand, const typename Order::Answer &value)
{
    auto *asked = dynamic_cast<ErrandOf<Order> *>(&errand);
    if (asked)
        asked->answer(value);
    return asked;
}

} // namespace

void StillConsole::carry(std::unique_ptr<Errand> errand)
{
    if (!answersList(*errand) && !answersCount(*errand) && !answersNews(*errand))
        m_kept.push_back(std::move(errand));
}

template <typename Order, typename Row>
bool StillConsole::answersList(Errand &errand, const QList<Row> &rows) const
{
    auto *asked = dynamic_cast<ErrandOf<Order> *>(&errand);
    if (asked && m_reading == Reading::InPages)
        asked->answer(pageOf(rows, asked->order.cursor, asked->order.limit));
    else if (asked)
        asked->answer(PageOf<Row> {.rows = rows, .next = m_reading == Reading::InPart ? u"more"_s : QString(), .position = 0});
    return asked;
}

bool StillConsole::answersList(Errand &errand) const
{
    return answersList<ListUsers>(errand, users) || answersList<ListSessions>(errand, sessions)
           || answersList<ListActivity>(errand, records);
}

/// Of a list that is not handed out to its end there are always as many.
qint64 StillConsole::countOf(qsizetype rows) const { return m_reading == Reading::InPart ? million : rows; }

bool StillConsole::answersCount(Errand &errand) const
{
    const qint64 live = countOf(sessions.size());
    return answersWith<CountUsers>(errand, countOf(users.size())) || answersWith<CountActivity>(errand, countOf(records.size()))
           || answersWith<CountSessions>(errand, {.sessions = live, .live = live, .users = live});
}

bool StillConsole::answersNews(Errand &errand)
{
    auto *asked = dynamic_cast<ErrandOf<ChangesSince> *>(&errand);
    if (!asked || (m_asked++ > 0 && news.isEmpty()))
        return false;
    asked->answer(Changes {.position = 1, .changes = m_asked == 1 ? QList<Change>() : std::exchange(news, {})});
    return true;
}

} // namespace warder::test
