#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the users table. Each function runs on the caller's connection: a reader, or the writer inside a transaction. Which
/// password an account has is read from `credentials`, and whether it has an app from `totp_factors`, which core/credentials writes.
namespace UserStore {

/// EmailTaken when another account has the key.
Result<void> insert(DbConnection &connection, const User &user, const QString &emailKey);
Result<std::optional<User>> findById(DbConnection &connection, Id user);
Result<std::optional<User>> findByEmailKey(DbConnection &connection, const QString &emailKey);
/// Whose it is; null: nobody's. A row is read either way, so that the time tells nobody whether there is one.
Result<Id> ownerOfEmailKey(DbConnection &connection, const QString &emailKey);

struct Page
{
    QList<User> users;
    QString next; ///< The last one's e-mail key; empty at the end.
};
/// By e-mail key, after `after`, at most `limit` (1–500); `contains` is looked for in e-mail and name, both sides folded by searchKey()
/// (UserSearch). Never counts rows. `deleted`: those that are deleted, and no others; else the others.
Result<Page> page(DbConnection &connection, const QString &contains, const QString &after, int limit, bool deleted = false);
/// The last ones of those up to and with `upTo`, an empty one: of all, in the same order; `next` is what to go on with, backwards.
Result<Page> pageBefore(DbConnection &connection, const QString &contains, const QString &upTo, int limit, bool deleted = false);

/// How many page() lists for `contains`; of all of them, and of few, without a scan.
Result<qint64> count(DbConnection &connection, const QString &contains = {}, bool deleted = false);

/// Whom page() lists for `contains`, all of them, by e-mail key.
Result<QList<Id>> idsOf(DbConnection &connection, const QString &contains, bool deleted = false);

/// Deleted accounts whose time is over, at most `limit`.
Result<QList<Id>> findGoing(DbConnection &connection, TimePoint now, int limit);

/// Each NotFound when there is no such user.
/// E-mail, name and roles as `user` has them; an address with another key is not verified, an empty key stays what
/// it was. EmailTaken.
Result<void> updateProfile(DbConnection &connection, const User &user, const QString &emailKey);
Result<void> updateDisabled(DbConnection &connection, Id user, bool disabled);
/// Deleted since `deletedAt`, until it goes; nothing for both: it is as any other again.
Result<void> updateDeleted(DbConnection &connection, Id user, std::optional<TimePoint> deletedAt, std::optional<TimePoint> goesAt);
/// Sets updatedAt.
Result<void> touch(DbConnection &connection, Id user, TimePoint now);
Result<void> remove(DbConnection &connection, Id user);
/// False where somebody has signed in to it, and where there is none.
Result<bool> removeUnused(DbConnection &connection, Id user);

/// The address, whatever it is now, is its owner's.
Result<void> verifyEmail(DbConnection &connection, Id user);
Result<void> updateInvited(DbConnection &connection, Id user, TimePoint at);

/// InvalidCredentials when the account is disabled, deleted, or gone. `language`: empty keeps what was known.
Result<void> noteSignIn(DbConnection &connection, Id user, const QString &language, TimePoint now);

} // namespace UserStore
} // namespace warder
