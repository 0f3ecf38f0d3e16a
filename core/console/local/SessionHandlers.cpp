#include "core/console/ListQuestions.h"
#include "core/console/SessionDirectory.h"
#include "core/console/local/Topics.h"
#include "core/sessions/Sessions.h"

namespace warder {
namespace {

class SessionHandlers final
{
public:
    SessionHandlers(const ConsoleParts &parts, SessionIndex &index) : m_parts(parts), m_index(index) {}

    Result<PageOf<SessionView>> list(const ListSessions &order, Errand &);
    Result<SessionCounts> count(const CountSessions &order, Errand &);
    Result<int> revoke(const RevokeSessions &order) { return end(order.sessions); }
    Result<int> revokeShown(const RevokeShown &order, Errand &errand);
    Result<int> endOfUser(const EndSessionsOf &order)
    {
        return m_parts.sessions.revokeByUser(order.user, SessionEnd::Admin, m_parts.actor, m_parts.clock.now());
    }

private:
    Result<int> end(const QList<Id> &sessions)
    {
        return m_parts.sessions.revokeById(sessions, SessionEnd::Admin, m_parts.actor, m_parts.clock.now());
    }
    Result<int> endInPieces(const QList<Id> &sessions, Errand &errand);

    const ConsoleParts m_parts;
    SessionIndex &m_index;
};

Result<PageOf<SessionView>> SessionHandlers::list(const ListSessions &order, Errand &)
{
    const quint64 position = m_parts.journal.position();
    const auto before =
        ListQuestions::checkText(order.filter.text).and_then([&order] { return ListQuestions::sessionCursor(order.cursor); });
    if (!before)
        return refused(before);
    const auto page = SessionDirectory::page(m_parts.database.reader(), m_index, order.filter, *before,
                                             ListQuestions::boundedLimit(order.limit), m_parts.clock.now());
    if (!page)
        return refused(page);
    return PageOf<SessionView> {.rows = page->rows, .next = page->next.isNull() ? QString() : page->next.toString(), .position = position};
}

Result<SessionCounts> SessionHandlers::count(const CountSessions &order, Errand &)
{
    return ListQuestions::checkText(order.filter.text).and_then([&] {
        return m_index.count(m_parts.database.reader(), order.filter, m_parts.clock.now());
    });
}

Result<int> SessionHandlers::revokeShown(const RevokeShown &order, Errand &errand)
{
    if (const auto fit = ListQuestions::checkText(order.filter.text); !fit)
        return refused(fit);
    if (order.seen < 0)
        return refused(ErrorCode::InvalidInput, u"nobody sees %1 sessions"_s.arg(order.seen));
    SessionFilter live = order.filter;
    live.ended = false;
    const auto shown = m_index.find(m_parts.database.reader(), live, m_parts.clock.now());
    if (!shown)
        return refused(shown);
    if (shown->size() != order.seen)
        return refused(ErrorCode::Conflict, u"%1 sessions match now, not %2"_s.arg(shown->size()).arg(order.seen));
    return endInPieces(*shown, errand);
}

Result<int> SessionHandlers::endInPieces(const QList<Id> &sessions, Errand &errand)
{
    int ended = 0;
    for (qsizetype from = 0; from < sessions.size() && !errand.isCanceled(); from += Sessions::endedAtOnce) {
        const auto piece = end(sessions.mid(from, Sessions::endedAtOnce));
        if (!piece)
            return refused(piece.error().code, u"%1 (after %2 sessions had been ended)"_s.arg(piece.error().detail).arg(ended));
        ended += *piece;
        errand.tellProgress(from + Sessions::endedAtOnce, sessions.size());
    }
    return ended;
}

} // namespace

void addSessionHandlers(OrderTable &table, const ConsoleParts &parts, SessionIndex &index)
{
    table.add(std::make_shared<SessionHandlers>(parts, index), &SessionHandlers::list, &SessionHandlers::count, &SessionHandlers::revoke,
              &SessionHandlers::revokeShown, &SessionHandlers::endOfUser);
}

} // namespace warder
