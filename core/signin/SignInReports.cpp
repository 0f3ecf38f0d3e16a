#include "core/signin/SignInReports.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountMails.h"
#include "core/signin/MailLinks.h"
#include "core/signin/Proofs.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

SignInReports::SignInReports(Database &database, Accounts &accounts, Sessions &sessions, AccountMails &mails, MailLinks &links)
    : m_database(database), m_accounts(accounts), m_sessions(sessions), m_mails(mails), m_links(links)
{}

Result<void> SignInReports::report(QByteArrayView token, const Client &client, TimePoint now)
{
    if (const auto on = m_mails.check(); !on)
        return on;
    const auto link = m_links.find(token, {ChallengePurpose::SignInReport, ChallengePurpose::EmailChangeOld}, now);
    if (!link)
        return refused(link);
    const Id user = link->user.value_or(Id {});
    const AuditEvent event {.at = now,
                            .type = audit::signInReported,
                            .actor = u"user"_s,
                            .subject = user,
                            .session = Id::fromString(link->data["session"_L1].toString()),
                            .address = client.address.toString(),
                            .details = {{u"link"_s, nameOf(link->purpose)}}};
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto spent = m_links.spend(transaction, *link, now);
        if (!spent)
            return spent;
        const auto owner = m_accounts.findWithin(transaction, user);
        if (!owner)
            return MailLinks::over(u"the account is gone"_s);
        return m_sessions.endAll(transaction, user, SessionEnd::Reported, u"user"_s, now)
            .and_then([&] { return forgetProofs(transaction, user); })
            .and_then([&] { return AuditStore::append(transaction, event); })
            .and_then([&] { return m_mails.sendLink(transaction, *owner, {.kind = MailKind::ResetPassword, .isOwners = true}, now); });
    });
}

} // namespace warder
