#include "core/console/SessionDirectory.h"

#include "core/console/SessionIndex.h"
#include "core/console/ViewsOf.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What every SELECT of this file begins with: a session, and its user's address behind it.
const QString &selectFrom()
{
    static const QString sql =
        u"SELECT %1, users.email FROM sessions JOIN users ON users.id = sessions.user_id "_s.arg(SessionStore::columns());
    return sql;
}

SessionView toView(const Row &row) { return viewOf(SessionStore::fromRow(row), row.text(SessionStore::columnCount)); }

constexpr int mostInPage = 500;

using Take = std::function<bool(const Row &)>;

/// Everything that may be shown and some more, newest first: which of it is shown is the matcher's word.
Result<void> eachOf(DbConnection &connection, const SessionFilter &filter, Id before, const Take &take)
{
    const QVariant end = bound(before.isNull() ? *Id::fromBytes(QByteArray(16, '\xff')) : before);
    if (filter.user)
        return connection.each(selectFrom() + u"WHERE sessions.user_id = ? AND sessions.id < ? ORDER BY sessions.id DESC"_s,
                               {bound(*filter.user), end}, take);
    if (filter.ended)
        return connection.each(selectFrom() + u"WHERE sessions.id < ? ORDER BY sessions.id DESC"_s, {end}, take);
    return connection.each(selectFrom() + u"WHERE revoked_at IS NULL AND sessions.id < ? ORDER BY sessions.id DESC"_s, {end}, take);
}

Result<std::optional<SessionView>> findById(DbConnection &connection, Id session)
{
    static const QString sql = selectFrom() + u"WHERE sessions.id = ?"_s;
    return connection.one(sql, {bound(session)}, toView);
}

Result<PageOf<SessionView>> pageOf(DbConnection &connection, const QList<Id> &ids, const SessionMatcher &matcher, int limit, TimePoint now)
{
    PageOf<SessionView> page;
    if (ids.size() == limit)
        page.next = ids.last().toString();
    for (const Id &id : ids) {
        const auto row = findById(connection, id);
        if (!row)
            return refused(row);
        if (row->has_value() && matcher.matches(**row, now)) // it may have changed since the index knew it
            page.rows += **row;
    }
    return page;
}

} // namespace

Result<PageOf<SessionView>> SessionDirectory::page(DbConnection &connection, SessionIndex &index, const SessionFilter &filter, Id before,
                                                   int limit, TimePoint now)
{
    limit = std::clamp(limit, 1, mostInPage);
    const SessionMatcher matcher(filter);
    if (!TextMatcher(filter.text).isEmpty()) {
        const auto ids = index.find(connection, filter, now, before, limit);
        return ids ? pageOf(connection, *ids, matcher, limit, now) : refused(ids);
    }
    PageOf<SessionView> page;
    const auto done = eachOf(connection, filter, before, [&](const Row &row) {
        const SessionView session = toView(row);
        if (matcher.matches(session, now))
            page.rows += session;
        return page.rows.size() < limit;
    });
    if (!done)
        return refused(done);
    if (page.rows.size() == limit)
        page.next = page.rows.last().id.toString();
    return page;
}

Result<void> SessionDirectory::eachSince(DbConnection &connection, TimePoint since, const std::function<void(const SessionView &)> &take)
{
    return connection.each(selectFrom() + u"WHERE (revoked_at IS NULL AND idle_expires_at > ?) OR revoked_at > ?"_s,
                           {bound(since), bound(since)}, [&take](const Row &row) {
                               take(toView(row));
                               return true;
                           });
}

} // namespace warder
