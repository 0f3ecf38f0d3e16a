#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

namespace warder {

class AccountMails;
class Accounts;
class Database;
class MailLinks;
class Sessions;
class Transaction;
struct Challenge;
struct Client;

/// How far a change of an address is.
struct EmailChangeState
{
    bool isDone = false;
    QString waitingFor = {}; ///< Else: which address has yet to agree, "old" or "new".
};

/// An owner takes another e-mail address. Both get a mail: the new one proves that it is theirs, the old one must agree if it is verified,
/// and may say "this wasn't me" (SignInReports). An address that nobody ever proved has no say: whoever mistyped theirs when they
/// registered could never mend it. A wish replaces the one before, whose mail to the old address may report still; it dies with the
/// account's password, factors and state.
///
/// Sessions stay, and their next tokens have the new address. Each function is NotConfigured where mails go nowhere, and waits for the
/// writer; any lane.
class EmailChange final
{
public:
    EmailChange(Database &database, Accounts &accounts, Sessions &sessions, AccountMails &mails, MailLinks &links);

    /// Wishes for another address. InvalidInput with a fault at `email`, also where it is the account's already. Whether it is somebody
    /// else's is told only to who has the mail. InvalidToken when the account is gone or disabled, or the session
    /// that asks has ended.
    Result<void> begin(Id user, Id session, const QString &email, const Client &client, TimePoint now);

    /// One of the two addresses agrees. InvalidLink; EmailTaken, which leaves the link good.
    Result<EmailChangeState> confirm(QByteArrayView token, TimePoint now);

private:
    Result<EmailChangeState> agree(Transaction &transaction, const Challenge &link, TimePoint now);
    Result<void> apply(Transaction &transaction, const User &before, const QString &email, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Sessions &m_sessions;
    AccountMails &m_mails;
    MailLinks &m_links;
};

} // namespace warder
