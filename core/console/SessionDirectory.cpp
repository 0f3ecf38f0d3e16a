#include "core/console/SessionDirectory.h"

#include "core/console/ViewsOf.h"
#include "core/storage/Connection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

SessionView toView(const Row &row)
{
    const Session session {.id = row.id(0), .userId = row.id(1), .generation = row.integer(2), .openedAt = row.time(3), .rotatedAt = row.time(4),
                           .lastSeenAt = row.time(5), .idleExpiresAt = row.time(6), .expiresAt = row.time(7), .revokedAt = row.optionalTime(8),
                           .revokedReason = sessionEndFromName(row.text(9)), .graceHits = row.integer(10), .userAgent = row.text(11),
                           .address = row.text(12), .lastAddress = row.text(15), .method = row.text(13)};
    return viewOf(session, row.text(14));
}

QString patternOf(QString text)
{
    return u'%' + text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s) + u'%';
}

} // namespace

Result<QList<SessionView>> SessionDirectory::page(Connection &connection, const SessionFilter &filter, Id before, int limit, TimePoint now)
{
    const Id start = before.isNull() ? *Id::fromBytes(QByteArray(16, '\xff')) : before;
    const TimePoint endedSince = filter.ended ? now - std::chrono::days {1} : now;
    const QVariant user = filter.user ? bound(*filter.user) : QVariant(QMetaType::fromType<QByteArray>());
    const QString pattern = patternOf(filter.text);
    // Live ones, and with `ended` also what ended or expired within the last day.
    return connection.all(
        u"SELECT s.id, s.user_id, s.generation, s.opened_at, s.rotated_at, s.last_seen_at, s.idle_expires_at, s.expires_at, s.revoked_at, "
        "s.revoked_reason, s.grace_hits, s.user_agent, s.address, s.method, u.email, s.last_address FROM sessions AS s JOIN users AS u ON u.id = s.user_id "
        "WHERE s.id < ? AND (? IS NULL OR s.user_id = ?) AND coalesce(s.revoked_at, min(s.idle_expires_at, s.expires_at)) > ? "
        "AND (s.revoked_at IS NULL OR ?) AND (u.email LIKE ? ESCAPE '\\' OR s.address LIKE ? ESCAPE '\\' "
        "OR s.user_agent LIKE ? ESCAPE '\\') ORDER BY s.id DESC LIMIT ?"_s,
        {bound(start), user, user, bound(endedSince), bound(filter.ended), pattern, pattern, pattern, limit}, toView);
}

} // namespace warder
