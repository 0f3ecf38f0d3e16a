#include "core/signin/EmailChange.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/accounts/EmailAddress.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountMails.h"
#include "core/signin/MailLinks.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto wantedEmail = "new_email"_L1; // of both links' sealed data

} // namespace

EmailChange::EmailChange(Database &database, Accounts &accounts, Sessions &sessions, AccountMails &mails, MailLinks &links)
    : m_database(database), m_accounts(accounts), m_sessions(sessions), m_mails(mails), m_links(links)
{}

Result<void> EmailChange::begin(Id user, Id session, const QString &email, const Client &client, TimePoint now)
{
    if (const auto on = m_mails.check(); !on)
        return on;
    const auto wanted = EmailAddress::parse(email);
    if (!wanted)
        return std::unexpected(unacceptable({*emailFault(u"email"_s, email)}));
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto live = m_sessions.checkLive(transaction, session, now); !live)
            return live;
        const auto owner = m_accounts.findWithin(transaction, user);
        if (!owner || owner->disabled)
            return refused(ErrorCode::InvalidToken, u"the account is gone or disabled"_s);
        if (owner->email == wanted->text)
            return std::unexpected(unacceptable({valueFault(u"email"_s, FaultReason::EmailUnchanged)}));
        const AuditEvent event {.at = now,
                                .type = audit::emailChangeAsked,
                                .actor = u"user"_s,
                                .subject = user,
                                .address = client.address.toString(),
                                .details = {{u"email"_s, wanted->text}}};
        const LinkMail notice {
            .kind = MailKind::EmailChangeNotice, .values = {{u"new_email"_s, wanted->text}}, .data = {{wantedEmail, wanted->text}}};
        LinkMail confirmation = notice;
        confirmation.kind = MailKind::EmailChangeConfirm;
        confirmation.to = wanted->text;
        confirmation.language = client.language;
        return Challenges::voidAgreements(transaction, user)
            .and_then([&] { return Challenges::removeByPurpose(transaction, user, ChallengePurpose::EmailChangeNew); })
            .and_then([&] { return m_mails.sendLink(transaction, *owner, notice, now); })
            .and_then([&] { return m_mails.sendLink(transaction, *owner, confirmation, now); })
            .and_then([&] { return AuditStore::append(transaction, event); });
    });
}

Result<EmailChangeState> EmailChange::confirm(QByteArrayView token, TimePoint now)
{
    if (const auto on = m_mails.check(); !on)
        return refused(on);
    const auto link = m_links.find(token, {ChallengePurpose::EmailChangeNew, ChallengePurpose::EmailChangeOld}, now);
    if (!link)
        return refused(link);
    if (now >= link->createdAt + AccountMails::changeLife) // the old address may report for longer than it may agree
        return MailLinks::over(u"too late to agree"_s);
    return m_database.write([&](Transaction &transaction) { return agree(transaction, *link, now); });
}

Result<EmailChangeState> EmailChange::agree(Transaction &transaction, const Challenge &link, TimePoint now)
{
    const auto answered = m_links.answer(transaction, link, now);
    if (!answered)
        return refused(answered);
    const auto owner = m_accounts.findWithin(transaction, link.user.value_or(Id {}));
    if (!owner || owner->disabled)
        return MailLinks::over(u"the account is gone or disabled"_s);
    const bool isNew = link.purpose == ChallengePurpose::EmailChangeNew;
    const auto other =
        Challenges::hasAnswered(transaction, owner->id, isNew ? ChallengePurpose::EmailChangeOld : ChallengePurpose::EmailChangeNew, now);
    if (!other)
        return refused(other);
    const bool isEnough = *other || (isNew && !owner->emailVerified);
    if (!isEnough)
        return EmailChangeState {.waitingFor = isNew ? u"old"_s : u"new"_s};
    return apply(transaction, *owner, link.data[wantedEmail].toString(), now).transform([] { return EmailChangeState {.isDone = true}; });
}

Result<void> EmailChange::apply(Transaction &transaction, const User &before, const QString &email, TimePoint now)
{
    const auto after = m_accounts.moveTo(transaction, before.id, email, now);
    if (!after)
        return refused(after);
    const QJsonObject addresses {{u"old_email"_s, before.email}, {u"new_email"_s, after->email}};
    return Challenges::removeAll(transaction, before.id)
        .and_then([&] { return m_mails.notify(transaction, *after, MailKind::EmailChanged, now, addresses, before.email); })
        .and_then([&] { return m_mails.notify(transaction, *after, MailKind::EmailChanged, now, addresses); });
}

} // namespace warder
