#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class DbConnection;

/// The SQL of the table `recovery_codes`. Each function runs on the caller's connection.
namespace RecoveryCodeStore {

/// In place of all that the account had.
Result<void> replace(DbConnection &connection, Id user, const QList<QByteArray> &hashes);
/// Deletes one; false if it was not there.
Result<bool> remove(DbConnection &connection, Id user, const QByteArray &hash);
/// How many went.
Result<qint64> removeByUser(DbConnection &connection, Id user);
Result<qint64> countByUser(DbConnection &connection, Id user);

} // namespace RecoveryCodeStore
} // namespace warder
