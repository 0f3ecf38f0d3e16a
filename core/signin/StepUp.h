#pragma once

#include "core/base/Result.h"
#include "core/credentials/Passkeys.h"
#include "core/sessions/Client.h"
#include "core/signin/FactorProof.h"
#include "core/signin/FactorVerifier.h"
#include "core/tokens/VerifiedTokens.h"

#include <QStringList>

#include <functional>

namespace warder {

class Database;
class FactorChanges;
class FactorThrottle;
class Passwords;
class Sessions;
class Transaction;

/// Somebody who is signed in proves once more who they are, so that sensitive routes (Access::Recent) let them pass for a while.
/// A stolen session must not find the password out here: whoever calls counts wrong ones (LoginThrottle); wrong codes count with those of
/// the account's sign-ins. A hashing lane's work; waits for the writer.
class StepUp final
{
public:
    StepUp(Database &database, Passwords &passwords, Passkeys &passkeys, const FactorVerifier &verifier, FactorThrottle &throttle,
           Sessions &sessions, FactorChanges &changes);

    /// By what the account can prove who its owner is, in the contract's words: "password", "totp", "passkey". Any thread
    /// (reads only).
    Result<QStringList> methodsOf(Id user) const;

    /// What the session's browser is to be asked for, to prove it by passkey. NotConfigured where there are no passkeys here.
    Result<PasskeyOptions> beginPasskey(const Principal &who, TimePoint now);

    /// The session's proof is as young as `now`, and its `amr` has what was shown. A wrong one, which the audit record keeps, is
    /// InvalidCredentials of a password, else InvalidInput with a fault at its field; LimitReached for too many codes, of which
    /// the third in a row is told to the owner; InvalidToken if the session has ended.
    Result<void> confirm(const Principal &who, const StepUpProof &proof, const Client &client, TimePoint now);

private:
    /// A proof that was right: how it is called, what it adds to `amr`, and what must still be true when the session is written.
    struct Proven
    {
        QString method;
        QStringList amr;
        std::function<Result<void>(Transaction &)> use;
    };
    Result<void> look(const Principal &who, const StepUpProof &proof, const Client &client, TimePoint now);
    Result<Proven> prove(const Principal &who, const PasswordProof &proof, const Client &client, TimePoint now) const;
    Result<Proven> prove(const Principal &who, const TotpProof &proof, const Client &client, TimePoint now) const;
    Result<Proven> prove(const Principal &who, const PasskeyProof &proof, const Client &client, TimePoint now) const;
    static Result<Proven> provenBy(const Result<std::optional<VerifiedFactor>> &verified, const QString &field);

    Database &m_database;
    Passwords &m_passwords;
    Passkeys &m_passkeys;
    const FactorVerifier &m_verifier;
    FactorThrottle &m_throttle;
    Sessions &m_sessions;
    FactorChanges &m_changes;
};

} // namespace warder
