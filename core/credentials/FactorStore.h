#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class DbConnection;

/// What an account has beside a password, as numbers.
struct FactorCounts
{
    qint64 totp = 0; ///< Confirmed apps.
    qint64 passkeys = 0;
    qint64 recoveryCodes = 0;  ///< Not spent yet.
    qint64 trustedDevices = 0; ///< Browsers.
};

/// SQL over several tables of factors. Each function runs on the caller's connection.
namespace FactorStore {

Result<FactorCounts> count(DbConnection &connection, Id user, TimePoint now);

/// How many enabled users with the role admin get in with a password alone, or would if the settings demanded nothing. Looks at admins
/// only. `rpId`: whose passkeys are a second factor; empty: none's.
Result<qint64> countBareAdmins(DbConnection &connection, const QString &rpId);
/// How many enabled users have the role admin. Looks at admins only.
Result<qint64> countAdmins(DbConnection &connection);

} // namespace FactorStore
} // namespace warder
