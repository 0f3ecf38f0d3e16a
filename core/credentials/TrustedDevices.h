#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class Database;
class Transaction;

/// Browsers whose owner gave a second factor there and wants to be asked no more for a while. Each has a secret in a cookie, which is
/// another one after each use, so that a copy of it is found out by the first that comes second. It stands in for the second factor
/// alone, never for the password. Functions that take a Transaction join the caller's job; isTrusted() reads. Any lane.
class TrustedDevices final
{
public:
    static constexpr int mostOfUser = 20; ///< Those trusted first go.

    /// `life`: from the second factor that was given there; 0: no browser is trusted, whatever is stored.
    TrustedDevices(Database &database, Seconds life) : m_database(database), m_life(life) {}

    Seconds life() const { return m_life; }

    /// Whether this user may do without a second factor in the browser with this secret.
    Result<bool> isTrusted(Id user, QByteArrayView secret, TimePoint now) const;

    /// Trusts a browser; the secret of it, 43 characters, or nothing where none is trusted.
    Result<QByteArray> remember(Transaction &transaction, Id user, const QString &userAgent, TimePoint now) const;
    /// Exchanges the secret for the next one, which lives no longer. InvalidToken when it is not good, or another request was faster.
    Result<QByteArray> rotate(Transaction &transaction, Id user, QByteArrayView secret, const QString &userAgent, TimePoint now) const;

    /// Every change of a password, of factors or of an account's state does this; how many there were.
    static Result<qint64> forgetAll(Transaction &transaction, Id user);

private:
    Database &m_database;
    const Seconds m_life;
};

} // namespace warder
