#include "core/console/SessionMatcher.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/CountEach.h"
#include "core/console/local/LocalConsole.h"
#include "core/platform/Process.h"
#include "core/sessions/SessionStore.h"
#include "core/sessions/Sessions.h"

#include <algorithm>

namespace warder {
namespace {

constexpr int mostInPage = 500;
constexpr int manyAtOnce = 10'000; ///< What their end needed is worth some milliseconds.

/// The last session that was read; null for an empty cursor.
Result<Id> sessionOf(const QString &cursor)
{
    const auto id = Id::fromString(cursor);
    if (!id && !cursor.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return id.value_or(Id {});
}

/// Takes up to `limit` sessions that the filter shows; what an index knew of one may be another by now.
auto taking(PageOf<SessionView> &page, const SessionFilter &filter, TimePoint now, qsizetype limit)
{
    return [&page, now, limit, matcher = SessionMatcher(filter)](const Session &session, const QString &email) {
        const SessionView view = viewOf(session, email);
        if (matcher.matches(view, now))
            page.rows += view;
        return page.rows.size() < limit;
    };
}

bool showsEnded(const SessionFilter &filter) { return filter.ended && filter.state != SessionState::Live; }

Result<PageOf<SessionView>> listOnwards(ConsoleContext &console, const ListSessions &order, Id before, PageOf<SessionView> page)
{
    const int limit = std::clamp(order.limit, 1, mostInPage);
    const TimePoint now = console.now();
    DbConnection &reader = console.database.reader();
    const auto take = taking(page, order.filter, now, limit);
    if (!SessionMatcher(order.filter).isSelective()) {
        const auto read = SessionStore::page(reader, order.filter.user, showsEnded(order.filter), before, take);
        if (read && page.rows.size() == limit)
            page.next = page.rows.last().id.toString();
        return read.transform([&page] { return page; });
    }
    const auto found = console.index.find(reader, order.filter, now, before, limit);
    if (found && found->size() == limit)
        page.next = found->last().toString();
    return found.and_then([&](const QList<Id> &ids) { return SessionStore::each(reader, ids, take); }).transform([&page] { return page; });
}

/// Reads one more than the page has: whether there is one, `next` says.
Result<PageOf<SessionView>> listBackwards(ConsoleContext &console, const ListSessions &order, Id from, PageOf<SessionView> page)
{
    const int limit = std::clamp(order.limit, 1, mostInPage);
    const TimePoint now = console.now();
    DbConnection &reader = console.database.reader();
    const auto inListOrder = [&page] {
        std::ranges::reverse(page.rows);
        return page;
    };
    const auto take = taking(page, order.filter, now, limit + 1);
    if (!SessionMatcher(order.filter).isSelective()) {
        const auto read = SessionStore::pageFrom(reader, order.filter.user, showsEnded(order.filter), from, take);
        if (page.rows.size() > limit)
            page.next = page.rows.takeLast().id.toString();
        return read.transform(inListOrder);
    }
    auto found = console.index.findFrom(reader, order.filter, now, from, limit + 1);
    if (found && found->size() > limit)
        page.next = found->takeLast().toString();
    return found.and_then([&](const QList<Id> &ids) { return SessionStore::each(reader, ids, take); }).transform(inListOrder);
}

Result<PageOf<SessionView>> list(ConsoleContext &console, const ListSessions &order, Errand &)
{
    const PageOf<SessionView> page {.rows = {}, .next = {}, .position = console.journal.position()};
    const auto cursor = SessionMatcher::check(order.filter).and_then([&order] { return sessionOf(order.cursor); });
    if (!cursor)
        return refused(cursor);
    return order.backwards ? listBackwards(console, order, *cursor, page) : listOnwards(console, order, *cursor, page);
}

Result<SessionCounts> count(ConsoleContext &console, const CountSessions &order, Errand &)
{
    return SessionMatcher::check(order.filter).and_then([&] {
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
    if (ended >= manyAtOnce)
        platform::giveBackMemory();
    return ended;
}

Result<QList<Id>> findLive(ConsoleContext &console, const SessionFilter &filter)
{
    if (filter.state == SessionState::Ended)
        return QList<Id>();
    SessionFilter live = filter;
    live.state = SessionState::Live;
    return console.index.find(console.database.reader(), live, console.now());
}

Result<int> revokeShown(ConsoleContext &console, const RevokeShown &order, Errand &errand)
{
    if (const auto fit = SessionMatcher::check(order.filter); !fit)
        return refused(fit);
    if (order.seen < 0)
        return refused(ErrorCode::InvalidInput, u"nobody sees %1 sessions"_s.arg(order.seen));
    auto shown = findLive(console, order.filter);
    if (!shown)
        return refused(shown);
    if (order.newest)
        shown->removeIf([&order](const Id &id) { return id > *order.newest; });
    if (order.newest ? shown->size() > order.seen : shown->size() != order.seen)
        return refused(ErrorCode::Conflict, u"%1 sessions match now, not %2"_s.arg(shown->size()).arg(order.seen));
    return endInPieces(console, *shown, errand);
}

Result<QList<RefreshView>> refreshes(ConsoleContext &console, const FindRefreshes &order)
{
    const auto found = SessionStore::findById(console.database.reader(), order.session);
    if (!found)
        return refused(found);
    if (!found->has_value())
        return refused(ErrorCode::NotFound, u"no such session"_s);
    return refreshesOf(**found);
}

Result<int> endOfUser(ConsoleContext &console, const EndSessionsOf &order)
{
    return console.sessions.revokeByUser(order.user, SessionEnd::Admin, console.actor, console.now());
}

} // namespace

void LocalConsole::addSessionHandlers()
{
    add(list, count, countEach<count, CountSessionsEach>, revoke, refreshes, endOfUser);
    addLong(m_bulk, revokeShown);
}

} // namespace warder
