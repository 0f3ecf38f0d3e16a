#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/credentials/Challenge.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/Passkeys.h"
#include "core/credentials/TotpFactors.h"
#include "core/sessions/Client.h"
#include "core/signin/FactorProof.h"
#include "core/signin/FirstProof.h"
#include "core/signin/SignInOutcome.h"

#include <functional>

namespace warder {

class AccountMails;
class Accounts;
class FactorChanges;
class FactorThrottle;
class FactorVerifier;
class RecoveryCodes;
class SessionOpener;
class TrustedDevices;

/// What a second step is asked with beside its proof.
struct FinishWishes
{
    bool rememberDevice = false; ///< This browser needs no second factor for a while.
    QList<Id> former = {};       ///< Further sessions of the same browser or app, which end.
};

/// What a sign-in still lacks behind its first proof.
struct MissingFactor
{
    bool isMissing = false;
    QStringList methods = {}; ///< That the account has: "totp", "passkey", "recovery_code".
    bool mustEnrol = false;   ///< It has none and must.
};

/// Sign-ins whose first proof was right and that lack a second factor: their tickets, and the second step itself. A ticket is good for one
/// sign-in, five tries and five minutes (fifteen where a factor is set up first), and dies with every change of the account's password,
/// factors or state. Nothing of a session exists before the second step.
///
/// A sign-in is known by its challenge's id, which is no secret: only who has the ticket gets it (idOf()). Functions wait for the writer
/// unless it is said; any lane.
class PendingSignIns final
{
public:
    PendingSignIns(Database &database, Accounts &accounts, Challenges &challenges, TotpFactors &totp, RecoveryCodes &codes,
                   Passkeys &passkeys, const FactorVerifier &verifier, TrustedDevices &devices, SessionOpener &opener,
                   FactorChanges &changes, FactorThrottle &throttle, AccountMails &mails);

    /// Whether a right password, or another first proof, is enough for this account. Reads only. An account with an app needs a factor; one
    /// with passkeys alone only where the settings demand one, since a passkey that its owner added for comfort must not lock out their
    /// password.
    Result<MissingFactor> missingOf(const User &user, TimePoint now) const;

    /// The ticket of a sign-in whose first proof was right; that is spent in the same transaction. `former`: see SignInBaggage.
    Result<FactorNeeded> begin(const FirstProof &proof, const MissingFactor &missing, const QList<Id> &former, TimePoint now);

    /// The ticket of somebody whose password was right, and must be changed before it signs in. Second factors are asked for after that.
    /// InvalidCredentials where the password was set anew since it was checked.
    Result<PasswordChangeNeeded> beginPasswordChange(const FirstProof &proof, TimePoint now);

    /// Whose sign-in a ticket is for; InvalidToken for one that is over. Also on an HTTP thread: reads only.
    Result<Id> ownerOf(const QByteArray &signIn, TimePoint now) const;

    /// The second step. A try is counted before anything is looked at. InvalidInput with a fault at `code`, `recovery_code` or
    /// `credential` for a wrong one; InvalidToken when the ticket is over; LimitReached when the account's codes are being guessed, which
    /// holds up no other proof than codes of apps. The third wrong one, of the ticket or of the account's codes, is told to the owner.
    Result<SignedIn> finish(const QByteArray &signIn, const FactorProof &proof, const FinishWishes &wishes, const Client &client,
                            TimePoint now);

    /// What a browser is asked for where the second factor is a passkey. NotConfigured where there are none here.
    Result<PasskeyOptions> beginPasskey(const QByteArray &signIn, TimePoint now);

    /// The second step of somebody who must have a factor and has none: a secret, then its first code, which signs in. InvalidToken for
    /// any other ticket, and as soon as the account has a factor: a password alone never adds one beside it.
    Result<NewTotp> beginTotp(const QByteArray &signIn, const QString &name, TimePoint now);
    Result<SignedIn> confirmTotp(const QByteArray &signIn, Id factor, QStringView code, const FinishWishes &wishes, const Client &client,
                                 TimePoint now);

private:
    Result<SignedIn> look(const Challenge &pending, const FactorProof &proof, const FinishWishes &wishes, const Client &client,
                          TimePoint now);
    Result<SignedIn> open(const Challenge &pending, const QString &name, const QStringList &amr, const FinishWishes &wishes,
                          const Client &client, TimePoint now, const std::function<Result<void>(Transaction &)> &take);
    Result<Challenge> enrolling(const Result<Challenge> &pending) const;
    void recordWrong(const Challenge &pending, const QString &name, const Client &client, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Challenges &m_challenges;
    TotpFactors &m_totp;
    RecoveryCodes &m_codes;
    Passkeys &m_passkeys;
    const FactorVerifier &m_verifier;
    TrustedDevices &m_devices;
    SessionOpener &m_opener;
    FactorChanges &m_changes;
    FactorThrottle &m_throttle;
    AccountMails &m_mails;
};

} // namespace warder
