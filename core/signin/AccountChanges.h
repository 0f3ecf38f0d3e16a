#pragma once

#include "core/base/Result.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Sessions.h"

namespace warder {

/// Changes of an account that end sessions, each with its sessions and its audit event in one transaction. Those that take a password
/// are a hashing lane's work; all wait for the writer.
class AccountChanges final
{
public:
    AccountChanges(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions);

    /// Sets a new password on the owner's order and ends all of the account's sessions but `keep`. InvalidCredentials if `current` is
    /// not the password; InvalidInput with a fault at `new_password` if `next` may not be one.
    Result<void> changePassword(Id user, QStringView current, QStringView next, Id keep, TimePoint now);
    /// Removes the account and its sessions on the owner's order. InvalidCredentials for a wrong password.
    Result<void> removeOwn(Id user, QStringView password, TimePoint now);

    /// These three are an admin's orders; `actor` is who gives them. NotFound if there is no such account; setPassword() also InvalidInput
    /// with a fault at `password`.
    Result<void> setPassword(Id user, QStringView next, const QString &actor, TimePoint now);
    Result<void> setDisabled(Id user, bool disabled, const QString &actor, TimePoint now);
    Result<void> remove(Id user, const QString &actor, TimePoint now);

private:
    Result<void> storePassword(Id user, const QString &hash, const QString &actor, std::optional<Id> keep, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    Sessions &m_sessions;
};

} // namespace warder
