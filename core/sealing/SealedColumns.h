#pragma once

#include "core/base/Result.h"
#include "core/crypto/SealingKeys.h"
#include "core/storage/Row.h"

namespace warder {

class DbConnection;

/// Everything in the database that is sealed under the master key. What is sealed besides gets its row in the list of the source: a
/// rotation walks that list, and seals anew what it names.
namespace sealed_columns {

/// What keys of the ring are sealed for, and bound to: neither opens in another row, purpose or algorithm.
inline constexpr QByteArrayView keyRingPurpose("warder/keyring/v1");
QByteArray contextOfSigningKey(QStringView kid, QStringView purpose, QStringView algorithm);

/// Whether anything is sealed at all.
Result<bool> hasAny(DbConnection &connection);

/// Opens every sealed value, seals it under `next`, which `keys` must expect, and makes sure that it opens again. In one transaction.
/// Gives how many those were.
Result<qint64> sealAnew(DbConnection &connection, const SealingKeys &keys, const VersionedKey &next);

} // namespace sealed_columns
} // namespace warder
