#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

namespace warder {

class AccountMails;
class Accounts;
class Database;
class MailLinks;
struct Client;

/// People prove that an account's address is theirs, by a link that was sent there. Each function is NotConfigured where mails go nowhere,
/// and waits for the writer; any lane.
class EmailVerification final
{
public:
    EmailVerification(Database &database, Accounts &accounts, AccountMails &mails, MailLinks &links);

    /// Wishes for a link, for whoever may have the address: the same for known and unknown ones. InvalidInput with a fault at `email`.
    Result<void> ask(const QString &email, const Client &client, TimePoint now);

    /// Whose address it is, verified. InvalidLink.
    Result<User> confirm(QByteArrayView token, TimePoint now);

private:
    Database &m_database;
    Accounts &m_accounts;
    AccountMails &m_mails;
    MailLinks &m_links;
};

} // namespace warder
