#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/sessions/SessionStore.h"
#include "core/sessions/Sessions.h"

namespace warder {
namespace {

constexpr int mostInPage = 500;

/// The last session that was read; null for an empty cursor.
Result<Id> sessionOf(const QString &cursor)
{
    const auto id = Id::fromString(cursor);
    if (!id && !cursor.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return id.value_or(Id {});
}

Result<PageOf<SessionView>> list(ConsoleContext &console, const ListSessions &order, Errand &)
{
    PageOf<SessionView> page;
    page.position = console.journal.position();
    const auto before = TextMatcher::check(order.filter.text).and_then([&order] { return sessionOf(order.cursor); });
    if (!before)
        return refused(before);
    const int limit = std::clamp(order.limit, 1, mostInPage);
    const TimePoint now = console.now();
    DbConnection &reader = console.database.reader();
    const auto take = [&, matcher = SessionMatcher(order.filter)](const Session &session, const QString &email) {
        const SessionView view = viewOf(session, email);
        if (matcher.matches(view, now)) // it may have changed since the index knew it
            page.rows += view;
        return page.rows.size() < limit;
    };
    if (TextMatcher(order.filter.text).isEmpty()) {
        const auto read = SessionStore::page(reader, order.filter.user, order.filter.ended, *before, take);
        if (read && page.rows.size() == limit)
            page.next = page.rows.last().id.toString();
        return read.transform([&page] { return page; });
    }
    const auto found = console.index.find(reader, order.filter, now, *before, limit); // what a text is looked for in
    if (found && found->size() == limit)
        page.next = found->last().toString();
    return found.and_then([&](const QList<Id> &ids) { return SessionStore::each(reader, ids, take); }).transform([&page] { return page; });
}

Result<SessionCounts> count(ConsoleContext &console, const CountSessions &order, Errand &)
{
    return TextMatcher::check(order.filter.text).and_then([&] {
        return console.index.count(console.database.reader(), order.filter, console.now());
    });
}

Result<int> end(ConsoleContext &console, const QList<Id> &sessions)
{
    return console.sessions.revokeById(sessions, SessionEnd::Admin, console.actor, console.now());
}

Result<int> revoke(ConsoleContext &console, const RevokeSessions &order) { return end(console, order.sessions); }

Result<int> endInPieces(ConsoleContext &console, const QList<Id> &sessions, Errand &errand)
{
    int ended = 0;
    for (qsizetype from = 0; from < sessions.size() && !errand.isCanceled(); from += Sessions::endedAtOnce) {
        const auto piece = end(console, sessions.mid(from, Sessions::endedAtOnce));
        if (!piece)
            return ended > 0 ? refusedMidway(piece, ended) : refused(piece);
        ended += *piece;
        errand.reportProgress(from + Sessions::endedAtOnce, sessions.size());
    }
    return ended;
}

Result<int> revokeShown(ConsoleContext &console, const RevokeShown &order, Errand &errand)
{
    if (const auto fit = TextMatcher::check(order.filter.text); !fit)
        return refused(fit);
    if (order.seen < 0)
        return refused(ErrorCode::InvalidInput, u"nobody sees %1 sessions"_s.arg(order.seen));
    SessionFilter live = order.filter;
    live.ended = false;
    const auto shown = console.index.find(console.database.reader(), live, console.now());
    if (!shown)
        return refused(shown);
    if (shown->size() != order.seen)
        return refused(ErrorCode::Conflict, u"%1 sessions match now, not %2"_s.arg(shown->size()).arg(order.seen));
    return endInPieces(console, *shown, errand);
}

Result<int> endOfUser(ConsoleContext &console, const EndSessionsOf &order)
{
    return console.sessions.revokeByUser(order.user, SessionEnd::Admin, console.actor, console.now());
}

} // namespace

void LocalConsole::addSessionHandlers() { add(list, count, revoke, revokeShown, endOfUser); }

} // namespace warder
