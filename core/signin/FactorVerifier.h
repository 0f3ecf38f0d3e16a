#pragma once

#include "core/base/Result.h"
#include "core/credentials/Passkeys.h"
#include "core/signin/FactorProof.h"

#include <functional>

namespace warder {

class RecoveryCodes;
class TotpFactors;
struct Client;

/// A proof that is right so far.
struct VerifiedFactor
{
    QString name;    ///< "totp", "recovery_code", "passkey".
    QStringList amr; ///< What it adds to a session's.
    /// Spends it in the transaction of what it is shown for; false where it was spent or removed meanwhile: then it is wrong.
    std::function<Result<bool>(Transaction &)> spend;
};

/// Whether what somebody shows beside a password, or in its place, is theirs: the one judge of second steps and of fresh proofs. Who counts
/// wrong ones is the caller. Passkeys' challenges are spent here; else it reads. Any lane.
class FactorVerifier final
{
public:
    FactorVerifier(const TotpFactors &totp, RecoveryCodes &codes, Passkeys &passkeys);

    /// What the account could show now, but for recovery codes, which stand in for an app: "totp", "passkey". A passkey that was made for
    /// another host than today's is none.
    Result<QStringList> methodsOf(DbConnection &connection, Id user) const;

    /// Nothing for a wrong proof. `asked`: by what a passkey was asked for, of the user whose proof it must be.
    Result<std::optional<VerifiedFactor>> verify(const PasskeyCeremony &asked, const TotpProof &proof, const Client &client,
                                                 TimePoint now) const;
    Result<std::optional<VerifiedFactor>> verify(const PasskeyCeremony &asked, const RecoveryProof &proof, const Client &client,
                                                 TimePoint now) const;
    Result<std::optional<VerifiedFactor>> verify(const PasskeyCeremony &asked, const PasskeyProof &proof, const Client &client,
                                                 TimePoint now) const;

private:
    const TotpFactors &m_totp;
    RecoveryCodes &m_codes;
    Passkeys &m_passkeys;
};

/// A wrong proof at this field of a body, or one that was used.
std::unexpected<Error> wrongProof(const QString &field);

} // namespace warder
