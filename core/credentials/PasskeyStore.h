#pragma once

#include "core/base/Result.h"
#include "core/credentials/Passkey.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the tables `passkeys` and `passkey_handles`. Each function runs on the caller's connection.
namespace PasskeyStore {

/// A passkey, and the user handle of whose it is.
struct Held
{
    Passkey passkey;
    QByteArray handle;
};

/// How many passkeys were made for a name of ours, and how many accounts have one.
struct OfRpId
{
    QString rpId;
    qint64 passkeys = 0;
    qint64 users = 0;
};

/// Conflict when the credential's id is there already, whosever it is.
Result<void> insert(DbConnection &connection, const Passkey &passkey);
Result<std::optional<Held>> findByCredential(DbConnection &connection, const QByteArray &credentialId);
Result<std::optional<Passkey>> findById(DbConnection &connection, Id user, Id passkey);
/// Oldest first.
Result<QList<Passkey>> findByUser(DbConnection &connection, Id user);
Result<qint64> countByUser(DbConnection &connection, Id user);
/// Of all accounts, by name. Reads the table: for a start, and for who asks now and then.
Result<QList<OfRpId>> countByRpId(DbConnection &connection);

/// NotFound when it is none of the user's.
Result<void> updateName(DbConnection &connection, Id user, Id passkey, const QString &name);
/// Counter, backup, verification, last use, and when the counter went back, as `passkey` has them.
Result<void> updateUse(DbConnection &connection, const Passkey &passkey);
Result<void> remove(DbConnection &connection, Id user, Id passkey);
/// All of a user; how many went.
Result<qint64> removeByUser(DbConnection &connection, Id user);

/// The account's user handle, which is `fresh` if it has none yet.
Result<QByteArray> keepHandle(DbConnection &connection, Id user, const QByteArray &fresh);
Result<std::optional<QByteArray>> findHandle(DbConnection &connection, Id user);

} // namespace PasskeyStore
} // namespace warder
