#pragma once

#include "core/crypto/KeyMaterial.h"
#include "core/tokens/KeyRing.h"
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
/// Before the first CSRF key is inserted: what refresh keys signed as CSRF tokens stays good for as long as it may live. Nothing
/// afterwards.
Result<void> keepFormerCsrf(DbConnection &connection, TimePoint now);
/// Turns the current key of the purpose, if any, into a retiring one, which verifies for as long as what it signed may live.
Result<void> retireCurrent(DbConnection &connection, KeyPurpose purpose, TimePoint now);
/// Turns the standby of `like`'s purpose and algorithm into the current key; its kid, if there was one. After retireCurrent().
Result<std::optional<QString>> activateStandby(DbConnection &connection, const SealedKey &like, TimePoint now);
/// What the current key signs may live for so long from now on; never makes it less.
Result<void> raiseLongestLife(DbConnection &connection, KeyPurpose purpose, Milliseconds longestLife);
/// The one that stands by, if any, which has signed nothing.
Result<void> revokeStandby(DbConnection &connection, KeyPurpose purpose, TimePoint now);
/// Lets a retiring key sign again, beside its former spans. After retireCurrent() or standBy() of the current one.
Result<void> activateAgain(DbConnection &connection, const QString &kid, Milliseconds longestLife, TimePoint now);
/// Of a key that has signed nothing. After revokeStandby().
Result<void> standBy(DbConnection &connection, const QString &kid);
/// Of a revoked key that has signed.
Result<void> verifyAgain(DbConnection &connection, const QString &kid);
/// The one of that state: for those states of which there is one at most.
Result<std::optional<QString>> kidOf(DbConnection &connection, KeyPurpose purpose, KeyState state);
Result<std::optional<SignatureAlgorithm>> standbyAlgorithm(DbConnection &connection, KeyPurpose purpose);
Result<void> revoke(DbConnection &connection, const QString &kid, TimePoint now);
/// Deletes it, if it retires or is revoked; whether it did.
Result<bool> removeSpent(DbConnection &connection, const QString &kid);
/// NotFound for a kid that is none.
Result<KeyState> stateOf(DbConnection &connection, const QString &kid);

} // namespace KeyStore
} // namespace warder
