#pragma once

#include "core/base/Result.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"
#include "core/signin/FirstProof.h"
#include "core/signin/SignInOutcome.h"
#include "core/signin/SignInPolicy.h"

namespace warder {

class AccountMails;
class FirstStep;

/// What a person types to sign in.
struct Credentials
{
    QString email;
    QString password;
};

/// How `sessions` remember a sign-in by password.
inline const SignInMethod passwordMethod {.name = QStringLiteral("password"), .amr = {QStringLiteral("pwd")}};

/// People sign in by password. A hashing lane's work; waits for the writer.
class SignIn final
{
public:
    SignIn(Database &database, Accounts &accounts, Passwords &passwords, FirstStep &firstStep, AccountMails &mails, SignInPolicy policy);

    /// Checks the password, and opens a session where that is enough, or in a browser that is trusted; else nothing is open yet and the
    /// second step goes on with the ticket (PendingSignIns). Refusals look alike: unknown account, no password and wrong password are
    /// InvalidCredentials, at the same cost but of hashes from elsewhere that nobody has signed in by yet; AccountDisabled and
    /// EmailNotVerified only after a right password, as all that tells of factors. With SignInPolicy::hidesUnproven an account that
    /// nobody proved to be theirs is refused as a wrong password is, and each such refusal, whatever its reason, wishes for a mail to
    /// confirm the address: the same work for all. A weaker or foreign hash is replaced.
    Result<SignInOutcome> byPassword(const Credentials &given, const Client &client, TimePoint now, const SignInBaggage &baggage = {});

private:
    Result<FirstProof> check(const Credentials &given) const;
    void recordFailure(const Credentials &given, const Client &client, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    FirstStep &m_firstStep;
    AccountMails &m_mails;
    const SignInPolicy m_policy;
};

} // namespace warder
