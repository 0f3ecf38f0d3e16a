#pragma once

#include "core/accounts/User.h"
#include "core/credentials/FactorPolicy.h"
#include "core/credentials/FactorStore.h"
#include "core/credentials/RecoveryCodes.h"
#include "core/credentials/TotpFactors.h"
#include "core/credentials/TotpStore.h"
#include "core/mail/MailKind.h"
#include "core/signin/FactorThrottle.h"

#include <QJsonObject>

namespace warder {

class AccountMails;
class Accounts;
class Database;
class FactorVerifier;
class Passkeys;
class Sessions;
class Transaction;
class WaysIn;
struct Client;
struct Passkey;
struct PasskeyCeremony;
struct RegistrationResponse;

/// What an account has for a second step.
struct FactorOverview
{
    bool isEnabled = false;    ///< A password alone does not sign in.
    bool isRequired = false;   ///< The settings demand it.
    bool passkeysStay = false; ///< With an admin's reset: nothing else signs in.
    QList<TotpFactor> totp;
    FactorCounts counts;
};

/// What an admin's reset took away.
struct FactorsReset
{
    qint64 totp = 0;
    qint64 passkeys = 0;
    qint64 recoveryCodes = 0;
    qint64 trustedDevices = 0;
};

/// Second factors come and go, each with all that goes along in one transaction: remembered browsers are asked again, sign-ins that are
/// under way begin anew, the owner gets a mail, and where it is said sessions end. Wait for the writer; any lane.
///
/// Where a session asks for a change it must be live still when that is written: InvalidToken, else.
class FactorChanges final
{
public:
    FactorChanges(Database &database, Accounts &accounts, Sessions &sessions, TotpFactors &totp, RecoveryCodes &codes, Passkeys &passkeys,
                  const WaysIn &waysIn, const FactorVerifier &verifier, FactorThrottle &throttle, AccountMails &mails, FactorPolicy policy);

    const FactorPolicy &policy() const { return m_policy; }

    /// Reads; also on an HTTP thread. InvalidToken when the account is gone.
    Result<FactorOverview> overview(Id user, TimePoint now) const;

    /// A new secret, for nothing until its first code comes. FactorLimit, InvalidInput with a fault at `name`.
    Result<NewTotp> beginTotp(Id user, const QString &name, std::optional<Id> session, TimePoint now);
    /// The first code: the app counts, and the account's other sessions but `keep` end. Recovery codes with the first app, else none.
    /// InvalidInput with a fault at `code`; NotFound when nothing is being set up under this id; FactorLimit.
    Result<QStringList> confirmTotp(Id user, Id factor, QStringView code, Id keep, TimePoint now);
    /// The last app takes the recovery codes along. NotFound; Conflict when it is the last factor and the settings demand one.
    Result<void> removeTotp(Id user, Id factor, std::optional<Id> session, TimePoint now);
    /// See Passkeys::add(). What is remembered of browsers stays: nothing is weaker than before.
    Result<Passkey> addPasskey(const PasskeyCeremony &ceremony, const RegistrationResponse &response, const QString &name, TimePoint now);
    /// NotFound; LastSignInMethod where nothing else signs in; Conflict as above.
    Result<void> removePasskey(Id user, Id passkey, std::optional<Id> session, TimePoint now);

    /// Ten new ones; the old ones are void. Conflict when the account has no app that they could stand in for.
    Result<QStringList> renewRecoveryCodes(Id user, std::optional<Id> session, TimePoint now);

    /// Several wrong codes in a row, given at `field`: somebody may know the password. To the audit record, and to the owner by mail.
    void warnOfGuesses(Id user, const QString &field, const Client &client, TimePoint now);

    /// Every browser is asked again.
    Result<void> forgetDevices(Id user, TimePoint now);

    /// An admin's order, for somebody who lost everything: takes apps, recovery codes and remembered browsers, and passkeys where another
    /// way to sign in is left; all sessions end. Does nothing where there is nothing. NotFound. `seen`: see AccountChanges::setDisabled().
    Result<FactorsReset> reset(Id user, const QString &actor, TimePoint now, std::optional<qint64> seen = {});

    /// The part of confirmTotp() that a sign-in shares: recovery codes come if `fresh` is given.
    Result<void> addTotp(Transaction &transaction, Id user, const MatchedCode &code, const std::optional<FreshRecoveryCodes> &fresh,
                         std::optional<Id> keep, TimePoint now);
    /// Which new codes addTotp() shall store: none where the account has an app already.
    Result<std::optional<FreshRecoveryCodes>> codesForFirst(Id user, TimePoint now);

private:
    Result<User> ownerOf(Id user) const;
    Result<void> checkSession(Transaction &transaction, std::optional<Id> session, TimePoint now) const;
    Result<void> checkDemand(Transaction &transaction, const User &owner) const;
    Result<void> changed(Transaction &transaction, Id user, TimePoint now, const std::function<Result<void>()> &write);
    Result<void> tell(Transaction &transaction, Id user, MailKind kind, const QJsonObject &values, TimePoint now);
    Result<void> tellReset(Transaction &transaction, const User &owner, const FactorsReset &gone, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Sessions &m_sessions;
    TotpFactors &m_totp;
    RecoveryCodes &m_codes;
    Passkeys &m_passkeys;
    const WaysIn &m_waysIn;
    const FactorVerifier &m_verifier;
    FactorThrottle &m_throttle;
    AccountMails &m_mails;
    const FactorPolicy m_policy;
};

} // namespace warder
