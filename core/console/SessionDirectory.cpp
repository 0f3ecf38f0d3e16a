#include "core/console/SessionDirectory.h"

#include "core/console/SessionIndex.h"
#include "core/console/ViewsOf.h"
#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The columns that every SELECT of this file has.
SessionView toView(const Row &row)
{
    const Session session {.id = row.id(0),
                           .userId = row.id(1),
                           .generation = row.integer(2),
                           .openedAt = row.time(3),
                           .rotatedAt = row.time(4),
                           .lastSeenAt = row.time(5),
                           .idleExpiresAt = row.time(6),
                           .expiresAt = row.time(7),
                           .revokedAt = row.optionalTime(8),
                           .revokedReason = sessionEndFromName(row.text(9)),
                           .graceHits = row.integer(10),
                           .userAgent = row.text(11),
                           .address = row.text(12),
                           .lastAddress = row.text(15),
                           .method = row.text(13)};
    return viewOf(session, row.text(14));
}

using Take = std::function<bool(const Row &)>;

/// Everything that may be shown and some more, newest first: which of it is shown is the matcher's word.
Result<void> eachOf(DbConnection &connection, const SessionFilter &filter, Id before, const Take &take)
{
    const QVariant end = bound(before.isNull() ? *Id::fromBytes(QByteArray(16, '\xff')) : before);
    if (filter.user)
        return connection.each(
            u"SELECT s.id, s.user_id, s.generation, s.opened_at, s.rotated_at, s.last_seen_at, s.idle_expires_at, s.expires_at, s.revoked_at, "
            "s.revoked_reason, s.grace_hits, s.user_agent, s.address, s.method, u.email, s.last_address FROM sessions AS s JOIN users AS u ON u.id = s.user_id "
            "WHERE s.user_id = ? AND s.id < ? ORDER BY s.id DESC"_s,
            {bound(*filter.user), end}, take);
    if (filter.ended)
        return connection.each(
            u"SELECT s.id, s.user_id, s.generation, s.opened_at, s.rotated_at, s.last_seen_at, s.idle_expires_at, s.expires_at, s.revoked_at, "
            "s.revoked_reason, s.grace_hits, s.user_agent, s.address, s.method, u.email, s.last_address FROM sessions AS s JOIN users AS u ON u.id = s.user_id "
            "WHERE s.id < ? ORDER BY s.id DESC"_s,
            {end}, take);
    return connection.each(
        u"SELECT s.id, s.user_id, s.generation, s.opened_at, s.rotated_at, s.last_seen_at, s.idle_expires_at, s.expires_at, s.revoked_at, "
        "s.revoked_reason, s.grace_hits, s.user_agent, s.address, s.method, u.email, s.last_address FROM sessions AS s JOIN users AS u ON u.id = s.user_id "
        "WHERE s.revoked_at IS NULL AND s.id < ? ORDER BY s.id DESC"_s,
        {end}, take);
}

Result<std::optional<SessionView>> findById(DbConnection &connection, Id session)
{
    return connection.one(
        u"SELECT s.id, s.user_id, s.generation, s.opened_at, s.rotated_at, s.last_seen_at, s.idle_expires_at, s.expires_at, s.revoked_at, "
        "s.revoked_reason, s.grace_hits, s.user_agent, s.address, s.method, u.email, s.last_address FROM sessions AS s JOIN users AS u ON u.id = s.user_id "
        "WHERE s.id = ?"_s,
        {bound(session)}, toView);
}

Result<SessionDirectory::Page> pageOf(DbConnection &connection, const QList<Id> &ids, const SessionMatcher &matcher, int limit,
                                      TimePoint now)
{
    SessionDirectory::Page page {.rows = {}, .next = ids.size() == limit ? ids.last() : Id {}};
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

Result<SessionDirectory::Page> SessionDirectory::page(DbConnection &connection, SessionIndex &index, const SessionFilter &filter, Id before,
                                                      int limit, TimePoint now)
{
    const SessionMatcher matcher(filter);
    if (!TextMatcher(filter.text).isEmpty()) {
        const auto ids = index.find(connection, filter, now, before, limit);
        return ids ? pageOf(connection, *ids, matcher, limit, now) : refused(ids);
    }
    Page page;
    const auto done = eachOf(connection, filter, before, [&](const Row &row) {
        const SessionView session = toView(row);
        if (matcher.matches(session, now))
            page.rows += session;
        return page.rows.size() < limit;
    });
    if (!done)
        return refused(done);
    if (page.rows.size() == limit)
        page.next = page.rows.last().id;
    return page;
}

Result<void> SessionDirectory::eachSince(DbConnection &connection, TimePoint since, const std::function<void(const SessionView &)> &take)
{
    return connection.each(
        u"SELECT s.id, s.user_id, s.generation, s.opened_at, s.rotated_at, s.last_seen_at, s.idle_expires_at, s.expires_at, s.revoked_at, "
        "s.revoked_reason, s.grace_hits, s.user_agent, s.address, s.method, u.email, s.last_address FROM sessions AS s JOIN users AS u ON u.id = s.user_id "
        "WHERE (s.revoked_at IS NULL AND s.idle_expires_at > ?) OR s.revoked_at > ?"_s,
        {bound(since), bound(since)}, [&take](const Row &row) {
            take(toView(row));
            return true;
        });
}

} // namespace warder
