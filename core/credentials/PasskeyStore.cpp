#include "core/credentials/PasskeyStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView passkeyColumns =
    u"passkeys.id, passkeys.user_id, credential_id, public_key, algorithm, counter, uv_initialized, backup_eligible, backed_up, "
    "discoverable, transports, aaguid, attestation, rp_id, name, created_at, last_used_at, cloned_at";

Passkey toPasskey(const Row &row)
{
    return {.id = row.id(0),
            .user = row.id(1),
            .credentialId = row.bytes(2),
            .publicKey = row.bytes(3),
            .algorithm = int(row.integer(4)),
            .counter = quint32(row.integer(5)),
            .wasVerified = row.flag(6),
            .isBackupEligible = row.flag(7),
            .isBackedUp = row.flag(8),
            .isDiscoverable = row.isNull(9) ? std::nullopt : std::optional(row.flag(9)),
            .transports = row.texts(10),
            .aaguid = row.bytes(11),
            .attestation = row.text(12),
            .rpId = row.text(13),
            .name = row.text(14),
            .createdAt = row.time(15),
            .lastUsedAt = row.optionalTime(16),
            .clonedAt = row.optionalTime(17)};
}

QVariant boundFlag(std::optional<bool> flag) { return flag ? bound(*flag) : QVariant(QMetaType::fromType<int>()); }

Result<void> oneChanged(const Result<qint64> &changed)
{
    if (!changed)
        return refused(changed);
    return *changed == 1 ? Result<void>() : refused(ErrorCode::NotFound, u"no such passkey of this account"_s);
}

} // namespace

Result<void> PasskeyStore::insert(DbConnection &connection, const Passkey &passkey)
{
    return connection.perform(
        u"INSERT INTO passkeys (id, user_id, credential_id, public_key, algorithm, counter, uv_initialized, backup_eligible, backed_up, "
        "discoverable, transports, aaguid, attestation, rp_id, name, created_at, last_used_at, cloned_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {bound(passkey.id), bound(passkey.user), passkey.credentialId, passkey.publicKey, passkey.algorithm, qint64(passkey.counter),
         bound(passkey.wasVerified), bound(passkey.isBackupEligible), bound(passkey.isBackedUp), boundFlag(passkey.isDiscoverable),
         bound(passkey.transports), passkey.aaguid, bound(passkey.attestation), bound(passkey.rpId), bound(passkey.name),
         bound(passkey.createdAt), bound(passkey.lastUsedAt), bound(passkey.clonedAt)});
}

Result<std::optional<PasskeyStore::Held>> PasskeyStore::findByCredential(DbConnection &connection, const QByteArray &credentialId)
{
    static const QString sql =
        u"SELECT %1, handle FROM passkeys JOIN passkey_handles ON passkey_handles.user_id = passkeys.user_id WHERE credential_id = ?"_s.arg(
            passkeyColumns);
    return connection.one(sql, {credentialId}, [](const Row &row) { return Held {.passkey = toPasskey(row), .handle = row.bytes(18)}; });
}

Result<std::optional<Passkey>> PasskeyStore::findById(DbConnection &connection, Id user, Id passkey)
{
    static const QString sql = u"SELECT %1 FROM passkeys WHERE id = ? AND user_id = ?"_s.arg(passkeyColumns);
    return connection.one(sql, {bound(passkey), bound(user)}, toPasskey);
}

Result<QList<Passkey>> PasskeyStore::findByUser(DbConnection &connection, Id user)
{
    static const QString sql = u"SELECT %1 FROM passkeys WHERE user_id = ? ORDER BY id"_s.arg(passkeyColumns);
    return connection.all(sql, {bound(user)}, toPasskey);
}

Result<qint64> PasskeyStore::countByUser(DbConnection &connection, Id user)
{
    return connection.number(u"SELECT count(*) FROM passkeys WHERE user_id = ?"_s, {bound(user)});
}

Result<QList<PasskeyStore::OfRpId>> PasskeyStore::countByRpId(DbConnection &connection)
{
    return connection.all(u"SELECT rp_id, count(*), count(DISTINCT user_id) FROM passkeys GROUP BY rp_id ORDER BY rp_id"_s, {},
                          [](const Row &row) { return OfRpId {.rpId = row.text(0), .passkeys = row.integer(1), .users = row.integer(2)}; });
}

Result<void> PasskeyStore::updateName(DbConnection &connection, Id user, Id passkey, const QString &name)
{
    return oneChanged(
        connection.run(u"UPDATE passkeys SET name = ? WHERE id = ? AND user_id = ?"_s, {bound(name), bound(passkey), bound(user)}));
}

Result<void> PasskeyStore::updateUse(DbConnection &connection, const Passkey &passkey)
{
    return oneChanged(connection.run(
        u"UPDATE passkeys SET counter = ?, backed_up = ?, uv_initialized = ?, last_used_at = ?, cloned_at = ? WHERE id = ?"_s,
        {qint64(passkey.counter), bound(passkey.isBackedUp), bound(passkey.wasVerified), bound(passkey.lastUsedAt), bound(passkey.clonedAt),
         bound(passkey.id)}));
}

Result<void> PasskeyStore::remove(DbConnection &connection, Id user, Id passkey)
{
    return oneChanged(connection.run(u"DELETE FROM passkeys WHERE id = ? AND user_id = ?"_s, {bound(passkey), bound(user)}));
}

Result<qint64> PasskeyStore::removeByUser(DbConnection &connection, Id user)
{
    return connection.run(u"DELETE FROM passkeys WHERE user_id = ?"_s, {bound(user)});
}

Result<QByteArray> PasskeyStore::keepHandle(DbConnection &connection, Id user, const QByteArray &fresh)
{
    const auto kept = connection.perform(u"INSERT INTO passkey_handles (user_id, handle) VALUES (?, ?) ON CONFLICT (user_id) DO NOTHING"_s,
                                         {bound(user), fresh});
    if (!kept)
        return refused(kept);
    return findHandle(connection, user).transform([](const auto &found) { return found.value_or(QByteArray()); });
}

Result<std::optional<QByteArray>> PasskeyStore::findHandle(DbConnection &connection, Id user)
{
    return connection.one(u"SELECT handle FROM passkey_handles WHERE user_id = ?"_s, {bound(user)},
                          [](const Row &row) { return row.bytes(0); });
}

} // namespace warder
