#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class DbConnection;

/// The SQL of the passwords in the table `credentials`: one an account at most. Each function runs on the caller's connection.
namespace PasswordStore {

struct Stored
{
    QString hash;
    TimePoint setAt;         ///< Moves with every new password, also within one millisecond; not with a better hash of the same one.
    bool mustChange = false; ///< It is good for the choice of another one, and nothing else.
};

Result<void> insert(DbConnection &connection, Id user, const QString &hash, TimePoint now);
Result<std::optional<Stored>> find(DbConnection &connection, Id user);
/// The same, with this hash and no time where there is none: a row is read either way, so that the time it takes does not tell.
Result<Stored> findOr(DbConnection &connection, Id user, const QString &hash);
/// Sets the password of an account, whether or not it had one. `mustChange`: its owner has to choose another one.
Result<void> replace(DbConnection &connection, Id user, const QString &hash, TimePoint now, bool mustChange = false);
/// False if there was none.
Result<bool> remove(DbConnection &connection, Id user);
/// Another hash of the same password, only if the hash is still `old`: a password set meanwhile wins.
Result<void> rehash(DbConnection &connection, Id user, const QString &old, const QString &hash);
/// False when the password was set anew, or taken away, since `setAt`: who proved the old one proved nothing.
Result<bool> noteUse(DbConnection &connection, Id user, TimePoint setAt, TimePoint now);

/// How many are not kept by argon2id, counted up to `most`. Looks at those only.
Result<qint64> countOld(DbConnection &connection, qint64 most);

} // namespace PasswordStore
} // namespace warder
