#pragma once

#include "core/accounts/User.h"
#include "core/credentials/FactorPolicy.h"
#include "core/credentials/TotpStore.h"

#include <functional>

namespace warder {

class Database;
class Sealer;
class Transaction;

/// A new secret for its owner's app: shown once, never again.
struct NewTotp
{
    Id id;
    QString secret;   ///< Base32, to be typed.
    QString uri;      ///< What the picture says.
    QByteArray qrSvg; ///< The picture.
    Seconds life {0}; ///< For so long the first code is waited for.
};

/// A code that fits: which app's, and for which step. Not taken yet.
struct MatchedCode
{
    Id factor;
    qint64 step = 0;
};

/// Authenticator apps: their secrets, and which codes are good. Nobody else writes their table but Housekeeping. Who adds or removes one
/// is FactorChanges, since sessions and remembered browsers end with that. Functions that take a Transaction join the caller's job;
/// begin() waits for the writer; the others read. Any lane.
class TotpFactors final
{
public:
    static constexpr qint64 mostOfUser = 5;

    /// `sealer`: of sealed_columns::totpPurpose.
    TotpFactors(Database &database, const Sealer &sealer, FactorPolicy policy);

    /// A secret that counts for nothing until confirm(); it replaces one that was never confirmed. FactorLimit when the account has
    /// `mostOfUser`; InvalidInput with a fault at `name`.
    /// `check` goes first in the same transaction.
    Result<NewTotp> begin(const User &user, const QString &name, TimePoint now,
                          const std::function<Result<void>(Transaction &)> &check = {});

    /// Which of the account's confirmed apps shows what was typed; nothing for a wrong code and one that was used.
    Result<std::optional<MatchedCode>> match(Id user, QStringView typed, TimePoint now) const;
    /// The same for an app that is being set up. NotFound when it is not, or no longer.
    Result<std::optional<MatchedCode>> matchNew(Id user, Id factor, QStringView typed, TimePoint now) const;

    /// Takes the code; false when another thread, or another process's restart, found it taken: then it is wrong.
    static Result<bool> spend(Transaction &transaction, const MatchedCode &code, TimePoint now);
    /// The app counts from now on. NotFound when it is gone; FactorLimit.
    static Result<void> confirm(Transaction &transaction, Id user, const MatchedCode &code, TimePoint now);
    /// NotFound.
    static Result<void> remove(Transaction &transaction, Id user, Id factor);

    /// Confirmed ones, oldest first.
    Result<QList<TotpFactor>> findByUser(Id user) const;

private:
    Result<std::optional<MatchedCode>> matchOne(const TotpStore::Stored &stored, QStringView typed, TimePoint now) const;

    Database &m_database;
    const Sealer &m_sealer;
    const FactorPolicy m_policy;
};

} // namespace warder
