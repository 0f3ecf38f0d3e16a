#pragma once

#include "core/accounts/Accounts.h"
#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Sessions.h"

namespace warder {

class AccountMails;
class BreachCheck;

/// Changes of an account that concern who gets in, each with its sessions, its audit event and its mail in one transaction. They end
/// sign-ins that lack a second factor as well, links of mails are void, and but for a new address no browser is trusted any more. Those
/// that take a password are a hashing lane's work; all wait for the writer.
class AccountChanges final
{
public:
    AccountChanges(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, BreachCheck &breaches,
                   AccountMails &mails);

    /// Sets a new password on the owner's order and ends all of the account's sessions but `keep`, for which that was a proof of who they
    /// are (as StepUp). InvalidCredentials if `current` is not the password; InvalidInput with a fault at `new_password` if `next` may not
    /// be one. Whoever calls has asked the breach check, as for Registration::signUp().
    Result<void> changePassword(Id user, QStringView current, QStringView next, Id keep, TimePoint now);
    /// Removes the account and its sessions on the owner's order. InvalidCredentials for a wrong password.
    Result<void> removeOwn(Id user, QStringView password, TimePoint now);

    /// Whether the owner signs in with the password that an admin sets, or only chooses another one with it (PasswordReset).
    enum class NextPassword { Stays, MustChange };

    /// These are an admin's orders; `actor` is who gives them. NotFound if there is no such account, Conflict where it is deleted (but for
    /// remove(), which is for good); setPassword() also InvalidInput with a fault at `password`; it may wait for the breach check.
    Result<void> setPassword(Id user, QStringView next, const QString &actor, TimePoint now, NextPassword kind = NextPassword::Stays);
    /// `seen`: how many sessions the person was told would end; Conflict where they are not so many (Sessions::checkNumber()).
    Result<void> setDisabled(Id user, bool disabled, const QString &actor, TimePoint now, std::optional<qint64> seen = {});
    /// The same in the caller's job.
    Result<void> setDisabledWithin(Transaction &transaction, Id user, bool disabled, const QString &actor, TimePoint now);
    Result<void> remove(Id user, const QString &actor, TimePoint now);
    /// See Accounts::edit(). The address that it was is told of another one.
    Result<User> edit(Id user, const AccountEdit &edit, const QString &actor, TimePoint now);

private:
    /// `proven`: by which the owner asked for it; it must be the account's still.
    struct NewHash
    {
        QString hash;
        NextPassword kind = NextPassword::Stays;
    };
    Result<void> storePassword(Id user, const NewHash &next, const QString &actor, std::optional<Id> keep,
                               const std::optional<ProvenPassword> &proven, TimePoint now);
    Result<User> findPresent(Transaction &transaction, Id user) const;
    Result<void> removeWithin(Transaction &transaction, Id user, const QString &actor, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    Sessions &m_sessions;
    BreachCheck &m_breaches;
    AccountMails &m_mails;
};

} // namespace warder
