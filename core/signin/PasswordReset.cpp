#include "core/signin/PasswordReset.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountMails.h"
#include "core/signin/MailLinks.h"
#include "core/signin/Proofs.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

PasswordReset::PasswordReset(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, AccountMails &mails,
                             MailLinks &links)
    : m_database(database), m_accounts(accounts), m_passwords(passwords), m_sessions(sessions), m_mails(mails), m_links(links)
{}

Result<void> PasswordReset::ask(const QString &email, const Client &client, TimePoint now)
{
    return m_mails.ask(MailRequestKind::ForgotPassword, email, client, now);
}

Result<Challenge> PasswordReset::find(QByteArrayView token, TimePoint now) const
{
    const auto ticket = m_links.find(token, {ChallengePurpose::PasswordChange}, now);
    if (ticket || ticket.error().code != ErrorCode::InvalidLink)
        return ticket;
    return m_mails.check().and_then(
        [&] { return m_links.find(token, {ChallengePurpose::ResetPassword, ChallengePurpose::Invitation}, now); });
}

Result<User> PasswordReset::ownerOf(QByteArrayView token, TimePoint now) const
{
    return find(token, now).and_then([&](const Challenge &link) {
        return MailLinks::orOver(m_accounts.findById(link.user.value_or(Id {})), {ErrorCode::NotFound});
    });
}

Result<PasswordSet> PasswordReset::finish(QByteArrayView token, const QString &password, const Client &client, TimePoint now)
{
    const auto link = find(token, now);
    if (!link)
        return refused(link);
    const auto hash = hashFor(link->user.value_or(Id {}), password);
    if (!hash)
        return refused(hash);
    const auto stored = m_database.write([&](Transaction &transaction) { return store(transaction, *link, *hash, client, now); });
    return MailLinks::orOver(stored, {ErrorCode::NotFound});
}

/// An account that is gone takes its links with it.
Result<QString> PasswordReset::hashFor(Id user, const QString &password) const
{
    const auto owner = m_accounts.findById(user);
    if (owner && owner->mustChangePassword && m_passwords.check(user, password))
        return std::unexpected(unacceptable({valueFault(u"password"_s, FaultReason::PasswordUnchanged)}));
    return MailLinks::orOver(m_passwords.hashFor(u"password"_s, password, user), {ErrorCode::NotFound});
}

Result<PasswordSet> PasswordReset::store(Transaction &transaction, const Challenge &link, const QString &hash, const Client &client,
                                         TimePoint now)
{
    const Id user = link.user.value_or(Id {});
    const bool isInvitation = link.purpose == ChallengePurpose::Invitation;
    const bool isByMail = link.purpose != ChallengePurpose::PasswordChange;
    const AuditEvent event {.at = now,
                            .type = isByMail ? audit::passwordReset : audit::passwordChanged,
                            .actor = u"user"_s,
                            .subject = user,
                            .address = client.address.toString(),
                            .details = {{u"link"_s, nameOf(link.purpose)}}};
    const auto spent = m_links.spend(transaction, link, now);
    if (!spent)
        return refused(spent);
    const auto owner = m_accounts.findWithin(transaction, user);
    if (!owner)
        return refused(owner);
    if (owner->disabled || owner->email != link.data["email"_L1].toString())
        return MailLinks::over(u"the account is disabled, or has another address by now"_s);
    return m_passwords.set(transaction, user, hash, now)
        .and_then([&] { return isByMail ? proveAddress(transaction, *owner, now) : Result<void>(); })
        .and_then([&] { return forgetProofs(transaction, user); })
        .and_then([&] { return AuditStore::append(transaction, event); })
        .and_then([&] { return m_sessions.endAll(transaction, user, SessionEnd::PasswordChanged, u"user"_s, now); })
        .and_then([&] { return isInvitation ? Result<void>() : m_mails.notify(transaction, *owner, MailKind::PasswordChanged, now); })
        .transform([&] { return PasswordSet {.owner = *owner, .wasByMail = isByMail}; });
}

Result<void> PasswordReset::proveAddress(Transaction &transaction, const User &owner, TimePoint now)
{
    return (owner.emailVerified ? Result<void>() : forgetUnproven(transaction, owner.id, now))
        .and_then([&] { return m_accounts.verifyEmail(transaction, owner.id, now); })
        .transform([](const User &) {});
}

} // namespace warder
