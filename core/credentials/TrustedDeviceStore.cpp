#include "core/credentials/TrustedDeviceStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView deviceColumns = u"id, user_id, user_agent, created_at, last_used_at, expires_at";

TrustedDevice toDevice(const Row &row)
{
    return {.id = row.bytes(0),
            .user = row.id(1),
            .userAgent = row.text(2),
            .createdAt = row.time(3),
            .lastUsedAt = row.time(4),
            .expiresAt = row.time(5)};
}

} // namespace

Result<void> TrustedDeviceStore::insert(DbConnection &connection, const TrustedDevice &device)
{
    static const QString sql = u"INSERT INTO trusted_devices (%1) VALUES (?, ?, ?, ?, ?, ?)"_s.arg(deviceColumns);
    return connection.perform(sql, {device.id, bound(device.user), bound(device.userAgent), bound(device.createdAt),
                                    bound(device.lastUsedAt), bound(device.expiresAt)});
}

Result<std::optional<TrustedDevice>> TrustedDeviceStore::find(DbConnection &connection, Id user, const QByteArray &id, TimePoint since,
                                                              TimePoint now)
{
    static const QString sql =
        u"SELECT %1 FROM trusted_devices WHERE id = ? AND user_id = ? AND created_at > ? AND expires_at > ?"_s.arg(deviceColumns);
    return connection.one(sql, {id, bound(user), bound(since), bound(now)}, toDevice);
}

Result<std::optional<TrustedDevice>> TrustedDeviceStore::remove(DbConnection &connection, Id user, const QByteArray &id, TimePoint now)
{
    static const QString sql =
        u"DELETE FROM trusted_devices WHERE id = ? AND user_id = ? AND expires_at > ? RETURNING %1"_s.arg(deviceColumns);
    return connection.one(sql, {id, bound(user), bound(now)}, toDevice);
}

Result<qint64> TrustedDeviceStore::countByUser(DbConnection &connection, Id user, TimePoint now)
{
    return connection.number(u"SELECT count(*) FROM trusted_devices WHERE user_id = ? AND expires_at > ?"_s, {bound(user), bound(now)});
}

Result<qint64> TrustedDeviceStore::removeByUser(DbConnection &connection, Id user)
{
    return connection.run(u"DELETE FROM trusted_devices WHERE user_id = ?"_s, {bound(user)});
}

Result<void> TrustedDeviceStore::trim(DbConnection &connection, Id user, const QByteArray &kept, int others)
{
    return connection.perform(u"DELETE FROM trusted_devices WHERE id IN (SELECT id FROM trusted_devices WHERE user_id = ? AND id <> ? "
                              "ORDER BY created_at DESC LIMIT -1 OFFSET ?)"_s,
                              {bound(user), kept, others});
}

Result<qint64> TrustedDeviceStore::removeExpired(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM trusted_devices WHERE id IN (SELECT id FROM trusted_devices WHERE expires_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
