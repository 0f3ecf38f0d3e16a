#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"

namespace warder {

class AccountMails;
class Accounts;
class Database;
class MailLinks;
class Sessions;
struct Client;

/// "This wasn't me": the link in mails about a sign-in from a new device, and about a change of the address. Waits for the writer; any
/// lane.
class SignInReports final
{
public:
    SignInReports(Database &database, Accounts &accounts, Sessions &sessions, AccountMails &mails, MailLinks &links);

    /// Ends all sessions, sign-ins under way, wishes for another address and remembered browsers, and sends a mail to set another password,
    /// which somebody seems to know. NotConfigured where mails go nowhere; InvalidLink.
    Result<void> report(QByteArrayView token, const Client &client, TimePoint now);

private:
    Database &m_database;
    Accounts &m_accounts;
    Sessions &m_sessions;
    AccountMails &m_mails;
    MailLinks &m_links;
};

} // namespace warder
