#include "core/signin/SignIn.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/signin/AccountMails.h"
#include "core/signin/FirstStep.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

SignIn::SignIn(Database &database, Accounts &accounts, Passwords &passwords, FirstStep &firstStep, AccountMails &mails, SignInPolicy policy)
    : m_database(database), m_accounts(accounts), m_passwords(passwords), m_firstStep(firstStep), m_mails(mails), m_policy(policy)
{}

Result<SignInOutcome> SignIn::byPassword(const Credentials &given, const Client &client, TimePoint now, const SignInBaggage &baggage)
{
    const auto proven = check(given);
    if (!proven) {
        if (proven.error().code == ErrorCode::InvalidCredentials || proven.error().code == ErrorCode::AccountDisabled)
            recordFailure(given, client, now);
        if (proven.error().code == ErrorCode::InvalidCredentials && m_policy.hidesUnproven)
            (void)m_mails.ask(MailRequestKind::VerifyAddress, given.email, client, now); // whoever signs in is told nothing of it
        return refused(proven);
    }
    m_passwords.improve(*proven->password, given.password);
    const auto outcome = m_firstStep.take(*proven, client, baggage, now);
    if (!outcome && outcome.error().code == ErrorCode::EmailNotVerified)
        recordFailure(given, client, now);
    return outcome;
}

Result<FirstProof> SignIn::check(const Credentials &given) const
{
    const auto owner = m_accounts.ownerOf(given.email);
    if (!owner)
        return refused(owner);
    const auto right = m_passwords.check(*owner, given.password); // nobody's as well
    if (!right && owner->isNull() && right.error().code == ErrorCode::InvalidCredentials)
        return refused(ErrorCode::InvalidCredentials, u"unknown account"_s);
    if (!right)
        return refused(right);
    const auto user = m_accounts.findById(*owner);
    if (!user)
        return user.error().code == ErrorCode::NotFound ? refused(ErrorCode::InvalidCredentials, u"the account was removed meanwhile"_s)
                                                        : refused(user);
    if (user->disabled)
        return refused(ErrorCode::AccountDisabled, u"account disabled"_s);
    if (m_policy.hidesUnproven && !user->emailVerified && !user->lastSignInAt)
        return refused(ErrorCode::InvalidCredentials, u"accounts.registration_answer is private, and nobody proved the address"_s);
    return FirstProof {.user = *user, .method = passwordMethod, .password = *right};
}

void SignIn::recordFailure(const Credentials &given, const Client &client, TimePoint now)
{
    AuditStore::record(m_database, {{.at = now,
                                     .type = audit::loginFailed,
                                     .actor = u"user"_s,
                                     .address = client.address.toString(),
                                     .details = {{u"email"_s, given.email.left(254)}}}});
}

} // namespace warder
