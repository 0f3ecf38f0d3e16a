#pragma once

#include "core/accounts/AccountService.h"
#include "core/base/Result.h"
#include "core/sessions/Client.h"
#include "core/sessions/SessionEndings.h"
#include "core/sessions/SessionListener.h"
#include "core/sessions/SessionPolicy.h"

#include <QByteArray>

namespace warder {

class Database;
class RefreshTokens;
class Revocations;
class TokenIssuer;
class Transaction;

/// What a successful register, login or refresh hands out.
struct TokenPair
{
    User user;
    Session session;
    QByteArray accessToken;
    QByteArray refreshToken;
    Seconds expiresIn {0}; ///< Of the access token.
    TimePoint accessExpiresAt;
};

/// Opens, renews and ends sessions. The only writer of the sessions table, and tells its listener of every change.
/// Safe from any lane; never call a writing function from the GUI or an HTTP thread, it waits for the writer.
class SessionService final
{
public:
    static constexpr qsizetype endedAtOnce = 200; ///< Some 20 ms of the writer's time.

    SessionService(Database &database, AccountService &accounts, const TokenIssuer &issuer, const RefreshTokens &refreshTokens,
                   Revocations &revocations, SessionPolicy policy, SessionListener &listener);

    /// Checks the password (a hashing lane's work) and opens a session. Refused logins look alike to the caller: unknown
    /// account and wrong password are InvalidCredentials at the same cost. AccountDisabled only after a right password.
    /// `former`: sessions of the same browser or app, whosever they are; they end in the transaction that opens the new one.
    Result<TokenPair> login(const Credentials &given, const Client &client, TimePoint now, const QList<Id> &former = {});

    /// Creates an account and opens its first session, in one transaction. `former`: see login().
    Result<TokenPair> registerAccount(const NewAccount &given, const Client &client, TimePoint now, const QList<Id> &former = {});

    /// Exchanges a refresh token. InvalidToken for anything that is not good now. Reuse ends the session on disk before
    /// this returns. All callers that present the same token within the grace window get the same successor.
    /// A token that is newer than the database (a restored copy) is taken. `client`: who presents it, for the alarm.
    Result<TokenPair> refresh(QByteArrayView refreshToken, const Client &client, TimePoint now);

    /// Ends the session of this refresh token, whatever its generation. Success also when it had ended.
    Result<void> logoutByToken(QByteArrayView refreshToken, TimePoint now);

    /// Ends sessions; each returns how many were live. Ended ones are refused by every thread before this returns. The first two work
    /// in pieces of endedAtOnce, each a transaction, so that others write in between; after an error some have ended.
    Result<int> revokeById(const QList<Id> &sessions, SessionEnd reason, const QString &actor, TimePoint now);
    /// Those whose current refresh token was issued in that span: the key that signed it has been revoked.
    Result<int> revokeIssuedBetween(TimePoint from, TimePoint until, const QString &actor, TimePoint now);
    Result<int> revokeByUser(Id user, SessionEnd reason, const QString &actor, TimePoint now, std::optional<Id> except = {});

    /// Changes of an account that end sessions, each with its sessions in one transaction.
    Result<void> changePassword(Id user, QStringView current, QStringView next, Id keep, TimePoint now);
    Result<void> setPassword(Id user, QStringView next, const QString &actor, TimePoint now);
    Result<void> setDisabled(Id user, bool disabled, const QString &actor, TimePoint now);
    Result<void> removeAccount(Id user, const QString &actor, TimePoint now);
    Result<void> removeOwnAccount(Id user, QStringView password, TimePoint now);

    /// Live sessions of one user, newest first; at most 1000, and `asking` in any case. Any thread (reads only).
    Result<QList<Session>> findByUser(Id user, TimePoint now, Id asking = {}) const;

    /// The session, if it could be refreshed now. Any thread (reads only).
    Result<std::optional<Session>> findLive(Id session, TimePoint now) const;

    /// Records that somebody guesses passwords, and raises the alarm.
    void noteBruteForce(const BruteForce &seen);

    /// Fills the revocations with every session that ended while tokens of it may still be alive. Once, before serving.
    Result<void> loadRevocations(TimePoint now);

private:
    Session opened(const User &user, const Client &client, TimePoint now) const;
    TokenPair pairFor(const User &user, const Session &session, TimePoint now) const;
    Result<TokenPair> open(const User &user, const Client &client, TimePoint now, const QList<Id> &former);
    Result<void> store(Transaction &transaction, const User &user, const Session &session, const Client &client, TimePoint now);
    void announceRenewal(Transaction &transaction, const Session &session);
    void announceReuse(Transaction &transaction, const Session &session, const QString &from);
    Result<void> storePassword(Id user, const QString &hash, const QString &actor, std::optional<Id> keep, TimePoint now);
    void auditFailedLogin(const Credentials &given, const Client &client, TimePoint now);

    Database &m_database;
    AccountService &m_accounts;
    const TokenIssuer &m_issuer;
    const RefreshTokens &m_refreshTokens;
    SessionPolicy m_policy;
    SessionListener &m_listener;
    SessionEndings m_endings;
};

} // namespace warder
