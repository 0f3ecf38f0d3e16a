#include "core/signin/MailSignIn.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/accounts/EmailAddress.h"
#include "core/audit/AuditStore.h"
#include "core/base/Bytes.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/PasswordStore.h"
#include "core/credentials/TrustedDevices.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Totp.h"
#include "core/mail/MailRequest.h"
#include "core/signin/AccountMails.h"
#include "core/signin/FactorThrottle.h"
#include "core/signin/FactorVerifier.h"
#include "core/signin/FirstStep.h"
#include "core/signin/MailLinks.h"
#include "core/signin/Proofs.h"
#include "core/storage/Database.h"

#include <QtEndian>

#include <limits>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto linkPurpose = ChallengePurpose::SignInLink;
constexpr qsizetype tokenSize = 32;
constexpr qsizetype digitCount = 6;

// Members of the challenge's sealed data, and of the request's.
constexpr auto sixDigits = "code"_L1;
constexpr auto countedFor = "account"_L1; // under which name wrong digits are counted
constexpr auto linkToken = "token"_L1;

/// What the browser keeps. Nobody finds the link by it.
QByteArray loginTokenOf(QByteArrayView link) { return sha256("warder/sign-in-by-mail/v1" + link.toByteArray()); }

/// Each of the million as likely as the others.
QString newDigits()
{
    constexpr quint32 million = 1'000'000;
    constexpr quint32 fair = std::numeric_limits<quint32>::max() / million * million;
    quint32 number = fair;
    while (number >= fair)
        number = qFromLittleEndian<quint32>(randomBytes(sizeof(quint32)).constData());
    return QString::number(number % million).rightJustified(digitCount, u'0');
}

bool isAnswered(const Challenge &link) { return !link.user || link.answeredAt; }

} // namespace

MailSignIn::MailSignIn(Database &database, Accounts &accounts, Sessions &sessions, Challenges &challenges, AccountMails &mails,
                       FirstStep &firstStep, FactorThrottle &throttle, SignInPolicy policy)
    : m_database(database), m_accounts(accounts), m_sessions(sessions), m_challenges(challenges), m_mails(mails), m_firstStep(firstStep),
      m_throttle(throttle), m_policy(policy)
{}

Result<void> MailSignIn::check() const
{
    return m_policy.byMail ? m_mails.check() : refused(ErrorCode::NotConfigured, u"accounts.magic_link is off"_s);
}

Result<MailSignInTicket> MailSignIn::begin(const QString &email, const Client &client, TimePoint now)
{
    if (const auto on = check(); !on)
        return refused(on);
    if (const auto fault = emailFault(u"email"_s, email))
        return std::unexpected(unacceptable({*fault}));
    const QByteArray link = randomBytes(tokenSize);
    const QByteArray login = loginTokenOf(link);
    const QString code = newDigits();
    const auto opened = m_challenges.open({.purpose = linkPurpose,
                                           .data = {{sixDigits, code}, {countedFor, EmailAddress::countedName(email)}},
                                           .life = AccountMails::signInLife,
                                           .secret = login},
                                          now);
    if (!opened)
        return refused(opened);
    const QJsonObject data {{linkToken, QString::fromLatin1(toBase64Url(link))}, {sixDigits, code}};
    return m_mails.ask(MailRequestKind::SignInLink, email, client, now, data).transform([&] {
        return MailSignInTicket {.loginToken = opened->secret, .life = AccountMails::signInLife};
    });
}

Result<std::optional<Mail>> MailSignIn::mailFor(Transaction &transaction, const std::optional<User> &user, const MailRequest &request,
                                                TimePoint now)
{
    if (!user || user->disabled)
        return std::nullopt;
    const QByteArray token = request.data[linkToken].toString().toLatin1();
    const QByteArray id = sha256(loginTokenOf(fromBase64Url(token).value_or(QByteArray())));
    return Challenges::bind(transaction, id, linkPurpose, user->id, now).transform([&](bool isThere) -> std::optional<Mail> {
        if (!isThere)
            return std::nullopt;
        return Mail {.kind = MailKind::SignInLink,
                     .to = user->email,
                     .language = request.language.isEmpty() ? user->language : request.language,
                     .token = token,
                     .code = request.data[sixDigits].toString(),
                     .values = user->name.isEmpty() ? QJsonObject() : QJsonObject {{u"name"_s, user->name}},
                     .user = user->id,
                     .useBy = request.askedAt + AccountMails::signInLife,
                     .once = nameOf(MailKind::SignInLink).toLatin1() + '|' + id.toHex()};
    });
}

Result<SignInOutcome> MailSignIn::byLink(QByteArrayView token, const Client &client, TimePoint now, const SignInBaggage &baggage)
{
    if (const auto on = check(); !on)
        return refused(on);
    const auto bytes = fromBase64Url(token);
    if (!bytes || bytes->size() != tokenSize)
        return MailLinks::over(u"not the token of a link"_s);
    const auto link =
        MailLinks::orOver(m_challenges.findSpendable(sha256(loginTokenOf(*bytes)), linkPurpose, now), {ErrorCode::InvalidToken});
    if (!link)
        return refused(link);
    return finish(*link, client, now, baggage);
}

Result<SignInOutcome> MailSignIn::byCode(QByteArrayView loginToken, QStringView code, const Client &client, TimePoint now,
                                         const SignInBaggage &baggage)
{
    if (const auto on = check(); !on)
        return refused(on);
    const auto id = Challenges::idOf(loginToken);
    if (!id)
        return MailLinks::over(u"not the token of a sign-in by mail"_s);
    const auto known = MailLinks::orOver(m_challenges.find(*id, linkPurpose, now), {ErrorCode::InvalidToken});
    if (!known)
        return refused(known);
    return m_throttle.guardName(known->data[countedFor].toString(), now, [&] { return look(*id, code, client, now, baggage); });
}

Result<SignInOutcome> MailSignIn::look(const QByteArray &id, QStringView code, const Client &client, TimePoint now,
                                       const SignInBaggage &baggage)
{
    const auto link = MailLinks::orOver(m_challenges.attempt(id, linkPurpose, now), {ErrorCode::InvalidToken});
    if (!link)
        return refused(link);
    const bool fits = equalInConstantTime(Totp::tidied(code).toUtf8(), link->data[sixDigits].toString().toLatin1());
    if (fits && !isAnswered(*link))
        return finish(*link, client, now, baggage);
    recordFailure(*link, client, now);
    return wrongProof(u"code"_s);
}

Result<SignInOutcome> MailSignIn::finish(const Challenge &link, const Client &client, TimePoint now, const SignInBaggage &baggage)
{
    if (isAnswered(link))
        return MailLinks::over(u"used already, or nobody's"_s);
    const auto user = m_accounts.findById(*link.user);
    if (!user && user.error().code != ErrorCode::NotFound)
        return refused(user);
    if (!user || user->disabled)
        return MailLinks::over(u"the account is gone or disabled"_s);
    const auto owner = user->emailVerified
                           ? user
                           : MailLinks::orOver(m_database.write([&](Transaction &transaction) { return prove(transaction, link, now); }),
                                               {ErrorCode::NotFound, ErrorCode::InvalidToken});
    if (!owner)
        return refused(owner);
    FirstProof proof {.user = *owner, .method = mailMethod, .provesEmail = true, .details = {{u"method"_s, mailMethod.name}}};
    if (user->emailVerified)
        proof.spend = [&](Transaction &transaction) {
            return m_challenges.answer(transaction, link.id, linkPurpose, now).transform([](const Challenge &) {});
        };
    // Whoever signs in is not told what changed meanwhile.
    return MailLinks::orOver(m_firstStep.take(proof, client, baggage, now), {ErrorCode::InvalidCredentials, ErrorCode::InvalidToken});
}

/// In a transaction of its own, before anybody asks which factors there are.
Result<User> MailSignIn::prove(Transaction &transaction, const Challenge &link, TimePoint now)
{
    const Id user = *link.user;
    return m_challenges.answer(transaction, link.id, linkPurpose, now)
        .and_then([&](const Challenge &) { return m_accounts.findWithin(transaction, user); })
        .and_then([&](const User &owner) { return owner.emailVerified ? Result<void>() : evict(transaction, user, now); })
        .and_then([&] { return m_accounts.verifyEmail(transaction, user, now); });
}

/// Links stay, this one among them: they went to the owner. But for those that would give the account another address.
Result<void> MailSignIn::evict(Transaction &transaction, Id user, TimePoint now)
{
    const AuditEvent event {
        .at = now, .type = audit::passwordChanged, .actor = u"user"_s, .subject = user, .details = {{u"removed"_s, true}}};
    return m_sessions.endAll(transaction, user, SessionEnd::PasswordChanged, u"user"_s, now)
        .and_then([&] { return PasswordStore::remove(transaction, user); })
        .and_then([&](bool wasThere) { return wasThere ? AuditStore::append(transaction, event) : Result<void>(); })
        .and_then([&] { return forgetUnproven(transaction, user, now); })
        .and_then([&] { return Challenges::removeSignIns(transaction, user); })
        .and_then([&] { return Challenges::removeByPurpose(transaction, user, ChallengePurpose::EmailChangeNew); })
        .and_then([&] { return TrustedDevices::forgetAll(transaction, user); })
        .transform([](qint64) {});
}

void MailSignIn::recordFailure(const Challenge &link, const Client &client, TimePoint now)
{
    AuditStore::record(m_database, {{.at = now,
                                     .type = audit::loginFailed,
                                     .actor = u"user"_s,
                                     .subject = link.user,
                                     .address = client.address.toString(),
                                     .details = {{u"method"_s, mailMethod.name}}}});
}

} // namespace warder
