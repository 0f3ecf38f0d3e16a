#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

namespace warder {

class AccountMails;
class Accounts;
class Database;
class Transaction;

/// Accounts that an admin adds without knowing a password: a mail has a link by which their owner sets the first one (PasswordReset), which
/// proves the address as well. Until then they are invited (User::isInvited()). NotConfigured where mails go nowhere. Waits for the writer.
class Invitations final
{
public:
    Invitations(Database &database, Accounts &accounts, AccountMails &mails);

    /// Adds the account, and sends the mail. `wanted`: its address, name and roles. EmailTaken, InvalidInput with every fault.
    Result<User> invite(const User &wanted, const QString &actor, TimePoint now);
    /// Another mail; links of those before stay good. NotFound; Conflict where the account is disabled, or not invited any more.
    Result<User> resend(Id user, const QString &actor, TimePoint now);

private:
    Result<User> send(Transaction &transaction, const User &user, const QString &actor, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    AccountMails &m_mails;
};

} // namespace warder
