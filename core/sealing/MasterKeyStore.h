#pragma once

#include "core/base/Result.h"

#include <QByteArray>

#include <optional>

namespace warder {

class DbConnection;

/// Which master key a database is sealed under, without the key itself.
struct MasterKeyNote
{
    QByteArray check; ///< keyCheckValue() of it.
    quint32 version = 1;
};

/// The SQL of what table facts says about the master key. Runs on the caller's connection.
namespace MasterKeyStore {

/// Nothing in a new database. A version that was never noted is the first.
Result<std::optional<MasterKeyNote>> find(DbConnection &connection);
Result<void> update(DbConnection &connection, const MasterKeyNote &note);

/// The check value of a key that is on its way into the keychain, or out of it: what stands there under that name must go, unless the
/// keychain is where this database's key is, and it is that key.
Result<std::optional<QByteArray>> findLeftover(DbConnection &connection);
Result<void> updateLeftover(DbConnection &connection, const QByteArray &check);
Result<void> removeLeftover(DbConnection &connection);

} // namespace MasterKeyStore
} // namespace warder
