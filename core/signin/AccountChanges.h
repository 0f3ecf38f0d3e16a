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

    /// The owner's: all sessions but `keep` end. InvalidCredentials for a wrong `current`, InvalidInput at `new_password`.
    Result<void> changePassword(Id user, QStringView current, QStringView next, Id keep, TimePoint now);
    /// The owner's, like this one: InvalidCredentials for a wrong password.
    Result<void> removeOwn(Id user, QStringView password, TimePoint now);

    /// An admin's. InvalidInput at `password`, NotFound.
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
