#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class DbConnection;

/// A browser that needs no second factor for a while.
struct TrustedDevice
{
    QByteArray id; ///< SHA-256 of its cookie's bytes: no secret.
    Id user;
    QString userAgent = {};
    TimePoint createdAt = {}; ///< When a second factor was last given there.
    TimePoint lastUsedAt = {};
    TimePoint expiresAt = {};
};

/// The SQL of the table `trusted_devices`. Each function runs on the caller's connection.
namespace TrustedDeviceStore {

Result<void> insert(DbConnection &connection, const TrustedDevice &device);
/// Of this user, trusted since `since` or later, and not expired.
Result<std::optional<TrustedDevice>> find(DbConnection &connection, Id user, const QByteArray &id, TimePoint since, TimePoint now);
/// Deletes one and gives what it was.
Result<std::optional<TrustedDevice>> remove(DbConnection &connection, Id user, const QByteArray &id, TimePoint now);

Result<qint64> countByUser(DbConnection &connection, Id user, TimePoint now);
/// How many went.
Result<qint64> removeByUser(DbConnection &connection, Id user);
/// All of a user but `kept`, which is trusted from now on, and the `others` that were trusted last.
Result<void> trim(DbConnection &connection, Id user, const QByteArray &kept, int others);
/// Those that expired before `before`, at most `limit` at once; how many went.
Result<qint64> removeExpired(DbConnection &connection, TimePoint before, int limit);

} // namespace TrustedDeviceStore
} // namespace warder
