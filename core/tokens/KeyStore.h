#pragma once

#include "core/tokens/SigningKeys.h"

namespace warder {

class Connection;

/// A row of signing_keys, still sealed.
struct SealedKey
{
    SigningKey key; ///< Without material.
    SignatureAlgorithm algorithm = SignatureAlgorithm::ES256;
    QByteArray sealed;
};

/// The SQL of the signing_keys table. Runs on the caller's connection.
namespace KeyStore {

Result<QList<SealedKey>> all(Connection &connection);
Result<void> insert(Connection &connection, const SealedKey &key);
/// Turns the current key of the purpose, if any, into a retiring one.
Result<void> retireCurrent(Connection &connection, KeyPurpose purpose, TimePoint now, TimePoint verifyUntil);
/// Turns the standby of the purpose and algorithm into the current key; its kid, if there was one. After retireCurrent().
Result<std::optional<QString>> activateStandby(Connection &connection, KeyPurpose purpose, SignatureAlgorithm algorithm, TimePoint now);
/// Those of another algorithm than `kept`.
Result<void> revokeStandby(Connection &connection, SignatureAlgorithm kept, TimePoint now);
Result<bool> hasStandby(Connection &connection);
Result<void> revoke(Connection &connection, const QString &kid, TimePoint now);
/// NotFound for a kid that is none.
Result<KeyState> stateOf(Connection &connection, const QString &kid);

/// The check value of the master key this database is sealed under, if one was noted.
Result<std::optional<QByteArray>> masterKeyCheck(Connection &connection);
Result<void> noteMasterKeyCheck(Connection &connection, const QByteArray &check);

} // namespace KeyStore

QString nameOf(KeyPurpose purpose);
QString nameOf(KeyState state);
std::optional<KeyPurpose> keyPurposeFromName(QStringView name);

} // namespace warder
