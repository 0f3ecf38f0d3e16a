#include "core/signin/EmailVerification.h"

#include "core/accounts/Accounts.h"
#include "core/signin/AccountMails.h"
#include "core/signin/MailLinks.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

EmailVerification::EmailVerification(Database &database, Accounts &accounts, AccountMails &mails, MailLinks &links)
    : m_database(database), m_accounts(accounts), m_mails(mails), m_links(links)
{}

Result<void> EmailVerification::ask(const QString &email, const Client &client, TimePoint now)
{
    return m_mails.ask(MailRequestKind::VerifyAddress, email, client, now);
}

Result<User> EmailVerification::confirm(QByteArrayView token, TimePoint now)
{
    if (const auto on = m_mails.check(); !on)
        return refused(on);
    const auto link = m_links.find(token, {ChallengePurpose::VerifyEmail}, now);
    if (!link)
        return refused(link);
    const Id user = link->user.value_or(Id {});
    return m_database.write([&](Transaction &transaction) -> Result<User> {
        const auto spent = m_links.spend(transaction, *link, now);
        if (!spent)
            return refused(spent);
        const auto owner = m_accounts.findWithin(transaction, user);
        if (owner && owner->email != link->data["email"_L1].toString())
            return MailLinks::over(u"the account has another address by now"_s);
        return owner.and_then([&](const User &) { return m_accounts.verifyEmail(transaction, user, now); });
    });
}

} // namespace warder
