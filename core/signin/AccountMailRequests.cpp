#include "core/signin/AccountMailRequests.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/signin/AccountMails.h"
#include "core/signin/MailSignIn.h"
#include "core/signin/Registration.h"
#include "core/storage/Transaction.h"

using namespace Qt::StringLiterals;

namespace warder {

AccountMailRequests::AccountMailRequests(Accounts &accounts, AccountMails &mails, Registration &registration)
    : m_accounts(accounts), m_mails(mails), m_registration(registration)
{}

Result<std::optional<Mail>> AccountMailRequests::mailFor(Transaction &transaction, const MailRequest &request, TimePoint now)
{
    const auto user = m_accounts.findByEmailWithin(transaction, request.address);
    if (!user)
        return refused(user);
    switch (request.kind) {
    case MailRequestKind::VerifyAddress:       return verificationFor(transaction, *user, request, now);
    case MailRequestKind::ForgotPassword:      return resetFor(transaction, *user, request, now);
    case MailRequestKind::SignInLink:          return MailSignIn::mailFor(transaction, *user, request, now);
    case MailRequestKind::PrivateRegistration: return registrationFor(transaction, *user, request, now);
    }
    Q_UNREACHABLE_RETURN({});
}

Result<std::optional<Mail>> AccountMailRequests::linkFor(Transaction &transaction, const std::optional<User> &user, MailKind kind,
                                                         const MailRequest &request, TimePoint now)
{
    if (!user)
        return std::nullopt;
    return m_mails.withLink(transaction, *user, {.kind = kind, .language = request.language}, now);
}

Result<std::optional<Mail>> AccountMailRequests::verificationFor(Transaction &transaction, const std::optional<User> &user,
                                                                 const MailRequest &request, TimePoint now)
{
    if (user && user->emailVerified)
        return std::nullopt;
    return linkFor(transaction, user, MailKind::VerifyEmail, request, now);
}

Result<std::optional<Mail>> AccountMailRequests::resetFor(Transaction &transaction, const std::optional<User> &user,
                                                          const MailRequest &request, TimePoint now)
{
    const auto mail = linkFor(transaction, user, MailKind::ResetPassword, request, now);
    if (!mail || !*mail)
        return mail;
    const AuditEvent event {.at = now, .type = audit::passwordResetAsked, .actor = u"user"_s, .subject = user->id};
    return AuditStore::append(transaction, event).transform([&] { return *mail; });
}

/// Who has an account already is told so, by a mail that nobody else sees.
Result<std::optional<Mail>> AccountMailRequests::registrationFor(Transaction &transaction, const std::optional<User> &user,
                                                                 const MailRequest &request, TimePoint now)
{
    if (user)
        return linkFor(transaction, user, MailKind::AccountExists, request, now);
    return m_registration.admit(transaction, request.data, request.language, now).and_then([&](const User &admitted) {
        return linkFor(transaction, admitted, MailKind::VerifyEmail, request, now);
    });
}

} // namespace warder
