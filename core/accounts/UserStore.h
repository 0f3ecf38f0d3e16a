#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

#include <QList>

class QHostAddress;

namespace warder {

class DbConnection;

/// A user with what only the accounts room may see.
struct Account
{
    User user;
    QString passwordHash;
};

/// The SQL of the users table. Each function runs on the caller's connection: a reader, or the writer inside a transaction.
namespace UserStore {

/// EmailTaken when another account has the key.
Result<void> insert(DbConnection &connection, const Account &account, const QString &emailKey);
Result<std::optional<Account>> findById(DbConnection &connection, Id user);
Result<std::optional<Account>> findByEmailKey(DbConnection &connection, const QString &emailKey);

/// By e-mail key, after `after`; `contains` is looked for in e-mail and name, both sides folded by searchKey().
struct Keyed
{
    User user;
    QString emailKey;
};
Result<QList<Keyed>> page(DbConnection &connection, const QString &contains, const QString &after, int limit);

/// How many page() lists for `contains`; of all of them without a scan.
Result<qint64> count(DbConnection &connection, const QString &contains = {});

/// Each NotFound when there is no such user.
/// E-mail, name, roles and updatedAt as `user` has them; an address with another key is not verified, an empty key stays what
/// it was. EmailTaken.
Result<void> updateProfile(DbConnection &connection, const User &user, const QString &emailKey);
Result<void> updatePassword(DbConnection &connection, Id user, const QString &hash, TimePoint now);
Result<void> updateDisabled(DbConnection &connection, Id user, bool disabled, TimePoint now);
Result<void> remove(DbConnection &connection, Id user);

/// Only if the hash is still `old`: a password set meanwhile wins.
Result<void> replaceHash(DbConnection &connection, Id user, const QString &old, const QString &hash);

/// Notes a sign-in and the address it came from. InvalidCredentials when the account was disabled or removed, or its password
/// changed, since `user` was read: who proved the old password proved nothing.
Result<void> noteSignIn(DbConnection &connection, const User &user, const QHostAddress &address, TimePoint now);
/// Whether this account has signed in from this address before.
Result<bool> knowsAddress(DbConnection &connection, const QString &emailKey, const QHostAddress &address);
/// Removes the addresses nobody signed in from since `before`, at most `limit`; how many went.
Result<qint64> forgetAddresses(DbConnection &connection, TimePoint before, int limit);

} // namespace UserStore
} // namespace warder
