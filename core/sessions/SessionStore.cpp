#include "core/sessions/SessionStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A session's columns, in the order in which fromRow() reads them, for any statement that has the table under its own name.
const QString &columns()
{
    static const QString all =
        u"sessions.id, user_id, generation, opened_at, rotated_at, last_seen_at, idle_expires_at, expires_at, revoked_at, "
        "revoked_reason, grace_hits, user_agent, address, method, last_address, amr, coalesce(authenticated_at, opened_at), "
        "refreshes"_s;
    return all;
}

constexpr int emailColumn = 18; ///< The first one behind them.

Session fromRow(const Row &row)
{
    return {.id = row.id(0),
            .userId = row.id(1),
            .generation = row.integer(2),
            .openedAt = row.time(3),
            .rotatedAt = row.time(4),
            .lastSeenAt = row.time(5),
            .idleExpiresAt = row.time(6),
            .expiresAt = row.time(7),
            .revokedAt = row.optionalTime(8),
            .revokedReason = fromName<SessionEnd>(row.text(9)),
            .graceHits = row.integer(10),
            .userAgent = row.text(11),
            .address = row.text(12),
            .lastAddress = row.text(14),
            .method = row.text(13),
            .amr = row.texts(15),
            .authenticatedAt = row.time(16),
            .refreshes = row.text(17)};
}

/// What a statement begins with that reads sessions with their users' addresses.
const QString &selectWithEmail()
{
    static const QString sql = u"SELECT %1, users.email FROM sessions JOIN users ON users.id = sessions.user_id "_s.arg(columns());
    return sql;
}

auto withEmail(const SessionStore::Take &take)
{
    return [&take](const Row &row) { return take(fromRow(row), row.text(emailColumn)); };
}

} // namespace

Result<void> SessionStore::insert(DbConnection &connection, const Session &session)
{
    return connection.perform(
        u"INSERT INTO sessions (id, user_id, generation, opened_at, rotated_at, last_seen_at, idle_expires_at, expires_at, user_agent, "
        "address, method, last_address, amr, authenticated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {bound(session.id), bound(session.userId), session.generation, bound(session.openedAt), bound(session.rotatedAt),
         bound(session.lastSeenAt), bound(session.idleExpiresAt), bound(session.expiresAt), bound(session.userAgent),
         bound(session.address), session.method, bound(session.lastAddress), bound(session.amr), bound(session.authenticatedAt)});
}

Result<std::optional<Session>> SessionStore::findById(DbConnection &connection, Id session)
{
    static const QString sql = u"SELECT %1 FROM sessions WHERE id = ?"_s.arg(columns());
    return connection.one(sql, {bound(session)}, fromRow);
}

Result<QList<Session>> SessionStore::findLiveByUser(DbConnection &connection, Id user, TimePoint now, int limit)
{
    static const QString sql =
        u"SELECT %1 FROM sessions WHERE user_id = ? AND revoked_at IS NULL AND idle_expires_at > ? AND expires_at > ? "
        "ORDER BY id DESC LIMIT ?"_s.arg(columns());
    return connection.all(sql, {bound(user), bound(now), bound(now), limit}, fromRow);
}

Result<bool> SessionStore::rotate(DbConnection &connection, const Session &session, qint64 from)
{
    return connection
        .run(u"UPDATE sessions SET generation = ?, last_address = ?, rotated_at = ?, last_seen_at = ?, idle_expires_at = ?, refreshes = ? "
             "WHERE id = ? AND generation = ? AND revoked_at IS NULL"_s,
             {session.generation, bound(session.lastAddress), bound(session.rotatedAt), bound(session.lastSeenAt),
              bound(session.idleExpiresAt), bound(session.refreshes), bound(session.id), from})
        .transform([](qint64 changed) { return changed == 1; });
}

Result<std::optional<Session>> SessionStore::updateProof(DbConnection &connection, Id session, const QStringList &amr, TimePoint now)
{
    static const QString sql =
        u"UPDATE sessions SET amr = ?, authenticated_at = ? "
        "WHERE id = ? AND revoked_at IS NULL AND idle_expires_at > ? AND expires_at > ? RETURNING %1"_s.arg(columns());
    return connection.one(sql, {bound(amr), bound(now), bound(session), bound(now), bound(now)}, fromRow);
}

Result<void> SessionStore::countGraceHit(DbConnection &connection, Id session, const QString &refreshes)
{
    return connection.perform(u"UPDATE sessions SET grace_hits = grace_hits + 1, refreshes = ? WHERE id = ?"_s,
                              {bound(refreshes), bound(session)});
}

Result<std::optional<Session>> SessionStore::revoke(DbConnection &connection, Id session, SessionEnd reason, const QString &from,
                                                    TimePoint now, const QString &refreshes)
{
    static const QString sql =
        u"UPDATE sessions SET revoked_at = ?, revoked_reason = ?, last_address = coalesce(nullif(?, ''), last_address), "
        "refreshes = coalesce(nullif(?, ''), refreshes) "
        "WHERE id = ? AND revoked_at IS NULL AND idle_expires_at > ? AND expires_at > ? RETURNING %1"_s.arg(columns());
    return connection.one(sql, {bound(now), nameOf(reason), bound(from), bound(refreshes), bound(session), bound(now), bound(now)},
                          fromRow);
}

Result<QList<Session>> SessionStore::revokeByUser(DbConnection &connection, Id user, SessionEnd reason, std::optional<Id> except,
                                                  TimePoint now)
{
    static const QString sql =
        u"UPDATE sessions SET revoked_at = ?, revoked_reason = ? WHERE user_id = ? AND id <> ? AND revoked_at IS NULL "
        "AND idle_expires_at > ? AND expires_at > ? RETURNING %1"_s.arg(columns());
    return connection.all(sql, {bound(now), nameOf(reason), bound(user), bound(except.value_or(Id {})), bound(now), bound(now)}, fromRow);
}

Result<QList<Id>> SessionStore::unusedLongest(DbConnection &connection, Id user, int most, TimePoint now)
{
    return connection.all(u"SELECT id FROM sessions WHERE user_id = ? AND revoked_at IS NULL AND idle_expires_at > ? AND expires_at > ? "
                          "ORDER BY last_seen_at DESC, id DESC LIMIT 1000 OFFSET ?"_s,
                          {bound(user), bound(now), bound(now), most}, [](const Row &row) { return row.id(0); });
}

Result<QList<Id>> SessionStore::issuedBetween(DbConnection &connection, TimePoint from, TimePoint until, TimePoint now)
{
    return connection.all(u"SELECT id FROM sessions WHERE revoked_at IS NULL AND idle_expires_at > ? AND expires_at > ? "
                          "AND rotated_at >= ? AND rotated_at < ?"_s,
                          {bound(now), bound(now), bound(from), bound(until)}, [](const Row &row) { return row.id(0); });
}

Result<qint64> SessionStore::countIssuedBetween(DbConnection &connection, TimePoint from, TimePoint until, TimePoint now)
{
    return connection.number(u"SELECT count(*) FROM sessions WHERE revoked_at IS NULL AND idle_expires_at > ? AND expires_at > ? "
                             "AND rotated_at >= ? AND rotated_at < ?"_s,
                             {bound(now), bound(now), bound(from), bound(until)});
}

Result<qint64> SessionStore::countEndedByKey(DbConnection &connection, TimePoint from, TimePoint until, TimePoint revokedAt)
{
    return connection.number(u"SELECT count(*) FROM sessions WHERE revoked_reason = ? AND revoked_at >= ? "
                             "AND rotated_at >= ? AND rotated_at < ?"_s,
                             {nameOf(SessionEnd::KeyRevoked), bound(revokedAt), bound(from), bound(until)});
}

Result<bool> SessionStore::wasEndedAsAWhole(DbConnection &connection, Id user, TimePoint since)
{
    return connection
        .one(u"SELECT 1 FROM sessions WHERE user_id = ? AND revoked_at >= ? AND revoked_reason IN (?, ?, ?, ?, ?, ?, ?) LIMIT 1"_s,
             {bound(user), bound(since), nameOf(SessionEnd::LogoutAll), nameOf(SessionEnd::Admin), nameOf(SessionEnd::PasswordChanged),
              nameOf(SessionEnd::AccountDisabled), nameOf(SessionEnd::Reuse), nameOf(SessionEnd::FactorsChanged),
              nameOf(SessionEnd::Reported)},
             [](const Row &) { return true; })
        .transform([](std::optional<bool> found) { return found.has_value(); });
}

Result<QList<SessionStore::Ended>> SessionStore::revokedSince(DbConnection &connection, TimePoint since)
{
    return connection.all(u"SELECT id, revoked_at FROM sessions WHERE revoked_at >= ?"_s, {bound(since)},
                          [](const Row &row) { return Ended {.session = row.id(0), .at = row.time(1)}; });
}

Result<void> SessionStore::page(DbConnection &connection, std::optional<Id> user, bool ended, Id before, const Take &take)
{
    const QVariant end = bound(before.isNull() ? *Id::fromBytes(QByteArray(16, '\xff')) : before);
    if (user)
        return connection.each(selectWithEmail() + u"WHERE sessions.user_id = ? AND sessions.id < ? ORDER BY sessions.id DESC"_s,
                               {bound(*user), end}, withEmail(take));
    if (ended)
        return connection.each(selectWithEmail() + u"WHERE sessions.id < ? ORDER BY sessions.id DESC"_s, {end}, withEmail(take));
    return connection.each(selectWithEmail() + u"WHERE revoked_at IS NULL AND sessions.id < ? ORDER BY sessions.id DESC"_s, {end},
                           withEmail(take));
}

Result<void> SessionStore::pageFrom(DbConnection &connection, std::optional<Id> user, bool ended, Id from, const Take &take)
{
    const QVariant begin = bound(from);
    if (user)
        return connection.each(selectWithEmail() + u"WHERE sessions.user_id = ? AND sessions.id >= ? ORDER BY sessions.id"_s,
                               {bound(*user), begin}, withEmail(take));
    if (ended)
        return connection.each(selectWithEmail() + u"WHERE sessions.id >= ? ORDER BY sessions.id"_s, {begin}, withEmail(take));
    return connection.each(selectWithEmail() + u"WHERE revoked_at IS NULL AND sessions.id >= ? ORDER BY sessions.id"_s, {begin},
                           withEmail(take));
}

Result<void> SessionStore::each(DbConnection &connection, const QList<Id> &sessions, const Take &take)
{
    static const QString sql = selectWithEmail() + u"WHERE sessions.id = ?"_s;
    for (const Id &session : sessions) {
        if (const auto read = connection.each(sql, {bound(session)}, withEmail(take)); !read)
            return read;
    }
    return {};
}

Result<void> SessionStore::eachSince(DbConnection &connection, TimePoint since, const Take &take)
{
    return connection.each(selectWithEmail() + u"WHERE (revoked_at IS NULL AND idle_expires_at > ?) OR revoked_at > ?"_s,
                           {bound(since), bound(since)}, withEmail(take));
}

Result<qint64> SessionStore::countLive(DbConnection &connection, TimePoint now)
{
    return connection.number(u"SELECT count(*) FROM sessions WHERE revoked_at IS NULL AND idle_expires_at > ? AND expires_at > ?"_s,
                             {bound(now), bound(now)});
}

Result<qint64> SessionStore::countLiveByUser(DbConnection &connection, Id user, TimePoint now)
{
    return connection.number(u"SELECT count(*) FROM sessions WHERE user_id = ? AND revoked_at IS NULL AND idle_expires_at > ? "
                             "AND expires_at > ?"_s,
                             {bound(user), bound(now), bound(now)});
}

Result<qint64> SessionStore::removeEnded(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE revoked_at < ? "
                          "UNION ALL SELECT id FROM sessions WHERE revoked_at IS NULL AND idle_expires_at < ? LIMIT ?)"_s,
                          {bound(before), bound(before), limit});
}

} // namespace warder
