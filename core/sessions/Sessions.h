#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/sessions/Client.h"
#include "core/sessions/Session.h"
#include "core/sessions/SessionEndings.h"
#include "core/sessions/SessionListener.h"
#include "core/sessions/SessionPolicy.h"
#include "core/tokens/KeyRing.h"
#include "core/tokens/SigningKeys.h"

#include <QByteArray>

namespace warder {

class Accounts;
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
};

/// How somebody signed in.
struct SignInMethod
{
    QString name;    ///< Session::method
    QStringList amr; ///< Session::amr
};

/// A key that was revoked, and how many sessions held a token it signed.
struct RevokedKey
{
    SigningKey key;
    qint64 sessions = 0;
};

/// A key whose rotation or revocation was taken back.
struct RestoredKey
{
    SigningKey key;
    std::optional<SigningKey> displaced; ///< The key that had signed, where `key` signs again.
    qint64 ended = 0;                    ///< Sessions that its revocation ended: they stay ended.
};

/// Opens, renews, ends and finds sessions; knows nothing of how people sign in. Nobody else writes the sessions table but Housekeeping,
/// which removes rows that ended long ago. Tells its listener of every change. Safe from any lane; never call a writing function from the
/// GUI or an HTTP thread, it waits for the writer.
class Sessions final
{
public:
    static constexpr qsizetype endedAtOnce = 200; ///< Some 20 ms of the writer's time.

    Sessions(Database &database, Accounts &accounts, SigningKeys &keys, const TokenIssuer &issuer, const RefreshTokens &refreshTokens,
             Revocations &revocations, SessionPolicy policy, SessionListener &listener);

    /// A new session that nobody knows of yet. To be opened in the transaction that makes sure its owner may sign in.
    Session prepare(const User &user, const Client &client, const SignInMethod &method, TimePoint now) const;
    /// Opens it, and ends what it takes the place of: the sessions `former` of the same browser or app, whosever they are, and what
    /// its owner has beyond the most.
    Result<void> open(Transaction &transaction, const User &user, const Session &session, const QList<Id> &former, TimePoint now);
    /// The tokens of a session that is open.
    TokenPair pairFor(const User &user, const Session &session, TimePoint now) const;

    /// Exchanges a refresh token. InvalidToken for anything that is not good now. Reuse ends the session on disk before
    /// this returns. All callers that present the same token within the grace window get the same successor.
    /// A token that is newer than the database (a restored copy) is taken. `client`: who presents it, for the alarm.
    Result<TokenPair> refresh(QByteArrayView refreshToken, const Client &client, TimePoint now);

    /// Ends the session of this refresh token, whatever its generation. Success also when it had ended.
    Result<void> logoutByToken(QByteArrayView refreshToken, TimePoint now);

    /// Ends sessions; each returns how many were live. Ended ones are refused by every thread before this returns. The first works in
    /// pieces of endedAtOnce, each a transaction, so that others write in between; after an error midway Error::ended says how many.
    Result<int> revokeById(const QList<Id> &sessions, SessionEnd reason, const QString &actor, TimePoint now);
    Result<int> revokeByUser(Id user, SessionEnd reason, const QString &actor, TimePoint now, std::optional<Id> except = {});

    /// How many live sessions hold a token that the key signed: whom its revocation concerns. Of a CSRF key at most: which of them live in
    /// cookies is not known. Any thread (reads only).
    Result<qint64> countSignedBy(const SigningKey &key, TimePoint now) const;
    /// Revokes a key as SigningKeys::revoke() does. Sessions whose refresh token it signed end, in pieces as above; those of an access key
    /// must refresh, those of a CSRF key need another CSRF token. An error after the key is revoked has Error::ended.
    Result<RevokedKey> revokeKey(const QString &kid, const QString &actor, TimePoint now);

    /// Takes a rotation or revocation back as SigningKeys::restore() does. Sessions that a revocation ended stay ended.
    Result<RestoredKey> restoreKey(const QString &kid, const QString &actor, TimePoint now);
    /// Deletes a key as SigningKeys::removeByHand() does; Conflict for a revoked refresh key of which a live session has a token.
    Result<SigningKey> removeKey(const QString &kid, const QString &actor, TimePoint now);

    /// Deletes the keys that the schedule says are to leave (KeySchedule::leavesAt()), but no refresh key of which a live session has a
    /// token: a revocation that was interrupted, which can be given again.
    Result<void> removeSpentKeys(TimePoint now);

    /// The same as part of the caller's transaction, for changes of an account that end its sessions.
    Result<void> endAll(Transaction &transaction, Id user, SessionEnd reason, const QString &actor, TimePoint now,
                        std::optional<Id> except = {});
    /// Before such a change: Conflict unless `seen` sessions of the user are live, which is what somebody was told would end. Nothing:
    /// nobody was told a number.
    Result<void> checkNumber(Transaction &transaction, Id user, std::optional<qint64> seen, TimePoint now) const;
    /// InvalidToken if the session has ended.
    Result<void> checkLive(Transaction &transaction, Id session, TimePoint now) const;
    /// Its owner has just proved once more who they are, by what `amr` says: added to what the session knows. InvalidToken if it has ended.
    Result<void> prove(Transaction &transaction, Id session, const QStringList &amr, TimePoint now);

    /// Live sessions of one user, newest first; at most 1000, and `asking` in any case. Any thread (reads only).
    Result<QList<Session>> findByUser(Id user, TimePoint now, Id asking = {}) const;

    /// The session, if it could be refreshed now. Any thread (reads only).
    Result<std::optional<Session>> findLive(Id session, TimePoint now) const;

    /// Fills the revocations with every session that ended while tokens of it may still be alive. Once, before serving.
    Result<void> loadRevocations(TimePoint now);

private:
    Result<qint64> revokeSignedIn(const SigningSpan &span, const QString &actor, TimePoint now);
    Result<qint64> revokeSignedInAll(const QList<SigningSpan> &spans, const QString &actor, TimePoint now);
    Result<qint64> countHolders(const QList<SigningSpan> &spans, TimePoint now) const;
    Result<qint64> countBound(const SigningKey &key, TimePoint now) const;
    void announceRenewal(Transaction &transaction, const Session &session);
    Result<void> raiseReuse(Transaction &transaction, const Session &session, const QString &from);

    Database &m_database;
    Accounts &m_accounts;
    SigningKeys &m_keys;
    const TokenIssuer &m_issuer;
    const RefreshTokens &m_refreshTokens;
    SessionPolicy m_policy;
    SessionListener &m_listener;
    SessionEndings m_endings;
};

} // namespace warder
