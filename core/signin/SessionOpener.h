#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"
#include "core/signin/SignInPolicy.h"

#include <QJsonObject>

#include <functional>

namespace warder {

class NewDevices;

/// Somebody has proved who they are, and nothing is missing.
struct ProvenSignIn
{
    User user;
    SignInMethod method;
    std::optional<ProvenPassword> password = {}; ///< If one was part of it: it must still be the account's.
    bool provesEmail = false;                    ///< It shows, too, that the account's address is theirs.
    bool isTrustedBrowser = false;               ///< It was in a browser that needs no second factor for a while.
    QJsonObject details = {};                    ///< Of the audit event.
    /// What is spent and stored with it, in the same transaction, before the session opens; an Error undoes all. May be empty.
    std::function<Result<void>(Transaction &)> also = {};
};

/// The last step of every sign-in, however somebody proved who they are: the session and all that is written beside it, in one
/// transaction. Waits for the writer; any lane.
class SessionOpener final
{
public:
    SessionOpener(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, NewDevices &devices,
                  SignInPolicy policy);

    /// What was proven a moment ago must still be true: InvalidCredentials when the password was set anew or the account disabled or
    /// removed meanwhile. EmailNotVerified where the settings want a proven address. `former`: sessions of the same browser or app,
    /// whosever they are; they end.
    Result<TokenPair> open(const ProvenSignIn &proven, const Client &client, const QList<Id> &former, TimePoint now);

private:
    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    Sessions &m_sessions;
    NewDevices &m_devices;
    const SignInPolicy m_policy;
};

} // namespace warder
