#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"

#include <QStringList>

#include <functional>

namespace warder {

class DbConnection;
class Passkeys;
class Transaction;

/// By what people can sign in to an account now, and the one judge of whether some of it may go. A second factor is none: it signs nobody
/// in alone. Any lane.
class WaysIn final
{
public:
    explicit WaysIn(const Passkeys &passkeys) : m_passkeys(passkeys) {}

    /// "password", "passkey" (one that works here) and "provider" (one that is not turned off), those that there are.
    Result<QStringList> of(DbConnection &connection, Id user) const;

    /// Runs `remove`, which takes some of it away: LastSignInMethod where nothing would be left. What had no way in before may lose what is
    /// none.
    Result<void> guard(Transaction &transaction, Id user, const std::function<Result<void>()> &remove) const;

    /// How many accounts have this provider as their only way in. Looks at each of the provider's.
    Result<qint64> countOnlyBy(DbConnection &connection, const QString &provider) const;

private:
    const Passkeys &m_passkeys;
};

} // namespace warder
