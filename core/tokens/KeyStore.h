#pragma once

#include "core/crypto/KeyMaterial.h"
#include "core/tokens/SigningKeys.h"

namespace warder {

class DbConnection;

/// A row of signing_keys, still sealed.
struct SealedKey
{
    SigningKey key; ///< Without material.
    SignatureAlgorithm algorithm = SignatureAlgorithm::ES256;
    QByteArray sealed = {};
};

/// The SQL of the signing_keys table. Runs on the caller's connection.
namespace KeyStore {

Result<QList<SealedKey>> all(DbConnection &connection);
Result<void> insert(DbConnection &connection, const SealedKey &key);
/// Turns the current key of the purpose, if any, into a retiring one, which verifies for as long as what it signed may live.
Result<void> retireCurrent(DbConnection &connection, KeyPurpose purpose, TimePoint now);
/// Turns the standby of `like`'s purpose and algorithm into the current key; its kid, if there was one. After retireCurrent().
Result<std::optional<QString>> activateStandby(DbConnection &connection, const SealedKey &like, TimePoint now);
/// What the current key signs may live for so long from now on; never makes it less.
Result<void> raiseLongestLife(DbConnection &connection, KeyPurpose purpose, Milliseconds longestLife);
/// Those of another algorithm than `kept`.
Result<void> revokeStandby(DbConnection &connection, SignatureAlgorithm kept, TimePoint now);
Result<bool> hasStandby(DbConnection &connection);
Result<void> revoke(DbConnection &connection, const QString &kid, TimePoint now);
/// Deletes it, if it retires or is revoked; whether it did.
Result<bool> removeSpent(DbConnection &connection, const QString &kid);
/// NotFound for a kid that is none.
Result<KeyState> stateOf(DbConnection &connection, const QString &kid);

} // namespace KeyStore
} // namespace warder
