#include "core/signin/Invitations.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/signin/AccountMails.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

Invitations::Invitations(Database &database, Accounts &accounts, AccountMails &mails)
    : m_database(database), m_accounts(accounts), m_mails(mails)
{}

Result<User> Invitations::invite(const User &wanted, const QString &actor, TimePoint now)
{
    if (const auto on = m_mails.check(); !on)
        return refused(on);
    const AccountEdit given {.email = wanted.email, .name = wanted.name, .roles = wanted.roles};
    if (const auto faults = Accounts::faultsOf(given); !faults.isEmpty())
        return std::unexpected(unacceptable(faults));
    const User invited {.email = wanted.email, .name = wanted.name, .roles = wanted.roles, .invitedAt = now};
    return m_database.write([&](Transaction &transaction) {
        return m_accounts.insert(transaction, invited, actor, now).and_then([&](const User &user) {
            return send(transaction, user, actor, now);
        });
    });
}

Result<User> Invitations::resend(Id user, const QString &actor, TimePoint now)
{
    if (const auto on = m_mails.check(); !on)
        return refused(on);
    return m_database.write([&](Transaction &transaction) -> Result<User> {
        const auto owner = m_accounts.findWithin(transaction, user);
        if (!owner)
            return owner;
        if (owner->disabled || !owner->isInvited())
            return refused(ErrorCode::Conflict, u"the account is disabled, or its owner has accepted the invitation"_s);
        return m_accounts.noteInvitation(transaction, user, now).and_then([&](const User &invited) {
            return send(transaction, invited, actor, now);
        });
    });
}

Result<User> Invitations::send(Transaction &transaction, const User &user, const QString &actor, TimePoint now)
{
    const AuditEvent event {.at = now, .type = audit::userInvited, .actor = actor, .subject = user.id};
    return m_mails.sendLink(transaction, user, {.kind = MailKind::Invitation}, now)
        .and_then([&] { return AuditStore::append(transaction, event); })
        .transform([&] { return user; });
}

} // namespace warder
