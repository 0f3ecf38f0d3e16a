#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"

namespace warder {

/// What a person types to sign in.
struct Credentials
{
    QString email;
    QString password;
};

/// How `sessions` remember a sign-in by password.
inline const SignInMethod passwordMethod {.name = QStringLiteral("password"), .amr = {QStringLiteral("pwd")}};

/// People sign in. A hashing lane's work; waits for the writer.
class SignIn final
{
public:
    SignIn(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions);

    /// Checks the password and opens a session. Refusals look alike: unknown account, no password and wrong password are
    /// InvalidCredentials at the same cost; AccountDisabled only after a right password. A weaker or foreign hash is replaced.
    /// `former`: sessions of the same browser or app, whosever they are; they end in the transaction that opens the new one.
    Result<TokenPair> byPassword(const Credentials &given, const Client &client, TimePoint now, const QList<Id> &former = {});

private:
    struct Proven
    {
        User user;
        ProvenPassword password;
    };
    Result<Proven> check(const Credentials &given) const;
    Result<TokenPair> open(const Proven &proven, const Client &client, TimePoint now, const QList<Id> &former);
    void recordFailure(const Credentials &given, const Client &client, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    Sessions &m_sessions;
};

} // namespace warder
