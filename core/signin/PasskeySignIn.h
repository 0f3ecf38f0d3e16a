#pragma once

#include "core/accounts/User.h"
#include "core/credentials/Passkeys.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"

namespace warder {

class SessionOpener;

/// How `sessions` remember a sign-in by passkey: its holder has the key (`pop`) and was there (`user`; RFC 8176 §2). Whether the key is
/// kept by hardware (`hwk`) or software (`swk`) is not known, since no statement of a maker is trusted.
inline const SignInMethod passkeyMethod {.name = QStringLiteral("passkey"), .amr = {QStringLiteral("pop"), QStringLiteral("user")}};

/// People sign in by passkey, without a name: the authenticator offers whom it knows. It has verified its user (PIN, finger, face), so no
/// second factor is asked for. Lane light's work; waits for the writer.
class PasskeySignIn final
{
public:
    PasskeySignIn(Database &database, Accounts &accounts, Passkeys &passkeys, SessionOpener &opener);

    /// A challenge for anybody who asks: there is nobody it could tell of.
    Result<PasskeyOptions> begin(TimePoint now);

    /// Opens a session. Every refusal is InvalidCredentials: a challenge that is over, a passkey that nobody has, a bad signature, a
    /// disabled account. `response` is nothing where what was sent is none. `former` as in SignIn::byPassword().
    Result<TokenPair> finish(const Result<AssertionResponse> &response, const Client &client, TimePoint now, const QList<Id> &former = {});

private:
    Result<User> check(const ProvenPasskey &proven) const;
    Result<TokenPair> open(const User &user, const ProvenPasskey &proven, const Client &client, TimePoint now, const QList<Id> &former);
    void recordFailure(const Client &client, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passkeys &m_passkeys;
    SessionOpener &m_opener;
};

} // namespace warder
