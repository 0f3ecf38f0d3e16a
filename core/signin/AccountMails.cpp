#include "core/signin/AccountMails.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/EmailAddress.h"
#include "core/credentials/Challenges.h"
#include "core/mail/Outbox.h"
#include "core/sessions/Client.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What a mail's link does, and for how long.
struct LinkRow
{
    MailKind kind;
    ChallengePurpose purpose;
    Seconds life;   ///< Of the challenge.
    Seconds useful; ///< Of the mail: so long it is worth sending.
};

constexpr std::array linkRows {
    LinkRow {MailKind::VerifyEmail, ChallengePurpose::VerifyEmail, AccountMails::verifyLife, AccountMails::verifyLife},
    LinkRow {MailKind::ResetPassword, ChallengePurpose::ResetPassword, AccountMails::resetLife, AccountMails::resetLife},
    LinkRow {MailKind::AccountExists, ChallengePurpose::ResetPassword, AccountMails::resetLife, AccountMails::resetLife},
    // It says "this wasn't me" for longer than it agrees.
    LinkRow {MailKind::EmailChangeNotice, ChallengePurpose::EmailChangeOld, AccountMails::reportLife, AccountMails::changeLife},
    LinkRow {MailKind::EmailChangeConfirm, ChallengePurpose::EmailChangeNew, AccountMails::changeLife, AccountMails::changeLife},
    LinkRow {MailKind::NewDevice, ChallengePurpose::SignInReport, AccountMails::reportLife, AccountMails::reportLife},
    LinkRow {MailKind::Invitation, ChallengePurpose::Invitation, AccountMails::invitationLife, AccountMails::invitationLife},
};

QJsonObject withName(QJsonObject values, const User &user)
{
    if (!user.name.isEmpty())
        values.insert("name"_L1, user.name);
    return values;
}

} // namespace

Result<void> AccountMails::check() const
{
    return m_outbox.sends() ? Result<void>() : refused(ErrorCode::NotConfigured, u"mail.transport is off"_s);
}

Result<void> AccountMails::ask(MailRequestKind kind, const QString &email, const Client &client, TimePoint now, const QJsonObject &data)
{
    if (const auto on = check(); !on)
        return on;
    const auto address = EmailAddress::parse(email);
    if (!address)
        return std::unexpected(unacceptable({*emailFault(u"email"_s, email)}));
    // By its key, so that the outbox counts all spellings of an address as one.
    return m_outbox.ask({.kind = kind, .address = address->key, .language = client.language, .data = data}, now);
}

Result<std::optional<Mail>> AccountMails::withLink(Transaction &transaction, const User &user, const LinkMail &wanted, TimePoint now)
{
    const auto *link = std::ranges::find(linkRows, wanted.kind, &LinkRow::kind);
    Q_ASSERT(link != linkRows.end());
    if (user.disabled || !m_outbox.sends())
        return std::nullopt;
    const QString to = wanted.to.isEmpty() ? user.email : wanted.to;
    QJsonObject data = wanted.data;
    data.insert("email"_L1, to);
    const auto opened =
        m_challenges.openWithin(transaction, {.purpose = link->purpose, .user = user.id, .data = data, .life = link->life}, now);
    return opened.transform([&](const OpenedChallenge &challenge) {
        return std::optional(Mail {.kind = wanted.kind,
                                   .to = to,
                                   .language = wanted.language.isEmpty() ? user.language : wanted.language,
                                   .token = challenge.secret,
                                   .values = withName(wanted.values, user),
                                   .user = user.id,
                                   .useBy = now + link->useful,
                                   .once = nameOf(wanted.kind).toLatin1() + '|' + challenge.id.toHex(),
                                   .isOwners = wanted.isOwners});
    });
}

Result<void> AccountMails::sendLink(Transaction &transaction, const User &user, const LinkMail &wanted, TimePoint now)
{
    return withLink(transaction, user, wanted, now).and_then([&](const std::optional<Mail> &mail) {
        return mail ? m_outbox.queue(transaction, *mail, now) : Result<void>();
    });
}

Result<void> AccountMails::notify(Transaction &transaction, const User &user, MailKind kind, TimePoint now, const QJsonObject &values,
                                  const QString &to)
{
    if (user.disabled)
        return {};
    return m_outbox.queue(
        transaction,
        {.kind = kind, .to = to.isEmpty() ? user.email : to, .language = user.language, .values = withName(values, user), .user = user.id},
        now);
}

} // namespace warder
