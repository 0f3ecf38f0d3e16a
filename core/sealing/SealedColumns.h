#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/crypto/SealingKeys.h"

namespace warder {

class DbConnection;
class Sealer;

/// Everything in the database that is sealed under the master key. What is sealed besides gets its row in the list of the source: a
/// rotation walks that list, and seals anew what it names.
namespace sealed_columns {

/// What keys of the ring are sealed for, and bound to: neither opens in another row, purpose or algorithm.
inline constexpr QByteArrayView keyRingPurpose("warder/keyring/v1");
QByteArray contextOfSigningKey(QStringView kid, QStringView purpose, QStringView algorithm);

/// What secrets of authenticator apps are sealed for, and bound to: none opens at another account.
inline constexpr QByteArrayView totpPurpose("warder/totp/v1");
QByteArray contextOfTotpFactor(Id factor, Id user);

/// What challenges hold, which is bound to what they are for.
inline constexpr QByteArrayView challengePurpose("warder/challenge/v1");
QByteArray contextOfChallenge(const QByteArray &id, QStringView purpose);

/// What mails that wait say, with the secrets of their links and codes.
inline constexpr QByteArrayView mailPurpose("warder/mail/v1");
QByteArray contextOfMail(Id mail);

/// What a client of ours proves itself by at a provider, and bound to: none opens for another provider.
inline constexpr QByteArrayView providerPurpose("warder/provider/v1");
QByteArray contextOfProvider(QStringView name, QStringView kind);

/// The key that recovery codes are hashed with: a fact, which stays the same for as long as the database lives.
inline constexpr QByteArrayView recoveryPurpose("warder/recovery/v1");
inline constexpr QLatin1StringView recoveryKeyFact("recovery_key");

/// The key that signs cookies of browsers which signed in before; a fact as well.
inline constexpr QByteArrayView knownDevicesPurpose("warder/known-devices/v1");
inline constexpr QLatin1StringView knownDevicesFact("known_devices_key");
QByteArray contextOfFact(QStringView key);

/// Whether anything is sealed at all.
Result<bool> hasAny(DbConnection &connection);

/// For whoever seals on the writer, where nobody may hold the keys (SealingKeys::hold()): under the master key that the database has in
/// this very transaction, so that a rotation before or after it in the same commit misses nothing.
Result<QByteArray> sealWithin(DbConnection &transaction, const Sealer &sealer, QByteArrayView plain, QByteArrayView context);

/// Opens every sealed value, seals it under `next`, which `keys` must expect, and makes sure that it opens again. In one transaction.
/// Gives how many those were.
Result<qint64> sealAnew(DbConnection &connection, const SealingKeys &keys, const VersionedKey &next);

} // namespace sealed_columns
} // namespace warder
