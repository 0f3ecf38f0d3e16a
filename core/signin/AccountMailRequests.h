#pragma once

#include "core/accounts/User.h"
#include "core/mail/Mail.h"
#include "core/mail/MailKind.h"
#include "core/mail/MailRequest.h"

namespace warder {

class AccountMails;
class Accounts;
class Registration;

/// Finds out, on the mail thread, for whom a wish for a mail is: until here it cost the same for every address. Nobody is written to whose
/// address has no account, or a disabled one. See MailRequests.
class AccountMailRequests final : public MailRequests
{
public:
    AccountMailRequests(Accounts &accounts, AccountMails &mails, Registration &registration);

    Result<std::optional<Mail>> mailFor(Transaction &transaction, const MailRequest &request, TimePoint now) override;

private:
    Result<std::optional<Mail>> linkFor(Transaction &transaction, const std::optional<User> &user, MailKind kind,
                                        const MailRequest &request, TimePoint now);
    Result<std::optional<Mail>> verificationFor(Transaction &transaction, const std::optional<User> &user, const MailRequest &request,
                                                TimePoint now);
    Result<std::optional<Mail>> resetFor(Transaction &transaction, const std::optional<User> &user, const MailRequest &request,
                                         TimePoint now);
    Result<std::optional<Mail>> registrationFor(Transaction &transaction, const std::optional<User> &user, const MailRequest &request,
                                                TimePoint now);

    Accounts &m_accounts;
    AccountMails &m_mails;
    Registration &m_registration;
};

} // namespace warder
