#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

namespace warder {

class AccountMails;
class Accounts;
class Database;
class MailLinks;
class Passwords;
class Sessions;
class Transaction;
struct Challenge;
struct Client;

/// What came of a link or a ticket.
struct PasswordSet
{
    User owner;
    bool wasByMail = false; ///< Whoever set it reads the owner's mails. A ticket proves nothing but the password before.
};

/// Forgotten passwords, and the first ones of people who were invited or have none: set by whoever has a link that was sent to the
/// account's address. And those that an admin has set to be changed: by whoever has the ticket that a sign-in with them gives
/// (PasswordChangeNeeded). Each function is NotConfigured where mails go nowhere, but for such a ticket.
class PasswordReset final
{
public:
    PasswordReset(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, AccountMails &mails, MailLinks &links);

    /// Wishes for a link, for whoever may have the address: the same for known and unknown ones. InvalidInput with a fault at `email`.
    /// Waits for the writer; any lane.
    Result<void> ask(const QString &email, const Client &client, TimePoint now);

    /// Whose link it is. InvalidLink. Reads; any thread.
    Result<User> ownerOf(QByteArrayView token, TimePoint now) const;

    /// Sets the password, and proves the address, but for a ticket, which proves nothing but the password before. One that was to be
    /// changed is refused. All sessions, sign-ins under way, links and remembered browsers end; nobody is signed in.
    /// Second factors stay where the address was proved before; else they go, as do all other ways in (forgetUnproven()). InvalidLink;
    /// InvalidInput with a fault at `password`, which leaves the link good. Whoever calls has asked the breach check, as for
    /// Registration::signUp(). Gives whose it was. A hashing lane's work; waits for the writer.
    Result<PasswordSet> finish(QByteArrayView token, const QString &password, const Client &client, TimePoint now);

private:
    Result<Challenge> find(QByteArrayView token, TimePoint now) const;
    Result<QString> hashFor(Id user, const QString &password) const;
    Result<PasswordSet> store(Transaction &transaction, const Challenge &link, const QString &hash, const Client &client, TimePoint now);
    Result<void> proveAddress(Transaction &transaction, const User &owner, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    Sessions &m_sessions;
    AccountMails &m_mails;
    MailLinks &m_links;
};

} // namespace warder
