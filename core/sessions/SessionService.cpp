#include "core/sessions/SessionService.h"

#include "core/audit/AuditStore.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/TokenIssuer.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostListed = 1000;

/// Nothing if the session whose owner asks for something still lives; what raced with it may have ended it.
Result<void> stillLive(DbConnection &connection, Id session, TimePoint now)
{
    const auto found = SessionStore::findById(connection, session);
    if (!found)
        return refused(found);
    if (!found->has_value() || whyRefused(**found, now))
        return refused(ErrorCode::InvalidToken, u"its session has ended"_s);
    return {};
}

/// What came of presenting a genuine refresh token, decided in one transaction.
struct Verdict
{
    std::optional<Session> good;   ///< To be answered with a token pair.
    std::optional<Session> reused; ///< Ended just now.
    bool ahead = false;            ///< The token was newer than the database.
    QString why;                   ///< Of a refusal, for the log.
};

Result<Verdict> rotateOn(Transaction &transaction, SessionEndings &endings, const RefreshClaim &claim, const SessionPolicy &policy,
                         const Client &client, TimePoint now)
{
    const auto found = SessionStore::findById(transaction, claim.session);
    if (!found)
        return refused(found);
    if (!found->has_value())
        return Verdict {.good = {}, .reused = {}, .ahead = false, .why = u"no such session"_s};
    Session session = **found;
    if (whyRefused(session, now))
        return Verdict {.good = {}, .reused = {}, .ahead = false, .why = u"the session has ended"_s};
    const Rotation rotation = rotationFor(session, claim.generation, policy, now);
    switch (rotation) {
    case Rotation::Repeat:
        if (const auto counted = SessionStore::countGraceHit(transaction, session.id); !counted)
            return refused(counted);
        ++session.graceHits;
        return Verdict {.good = session, .reused = {}, .ahead = false, .why = {}};
    case Rotation::Ahead:
    case Rotation::Rotate: {
        session.idleExpiresAt = idleExpiry(policy, session.expiresAt, now);
        const auto rotated = SessionStore::rotate(transaction, session.id, session.generation, claim.generation + 1,
                                                  client.address.toString(), session.idleExpiresAt, now);
        if (!rotated)
            return refused(rotated);
        if (!*rotated)
            return rotateOn(transaction, endings, claim, policy, client, now); // another node was faster: judge what it left
        session.generation = claim.generation + 1;
        session.lastAddress = client.address.toString();
        session.rotatedAt = session.lastSeenAt = now;
        return Verdict {.good = session, .reused = {}, .ahead = rotation == Rotation::Ahead, .why = {}};
    }
    case Rotation::Reused: {
        const auto ended = endings.endEach(transaction, {session.id}, SessionEnd::Reuse, u"system"_s, now, client.address.toString());
        if (!ended)
            return refused(ended);
        return Verdict {
            .good = {}, .reused = ended->value(0), .ahead = false, .why = u"a spent refresh token came back, the family is revoked"_s};
    }
    }
    Q_UNREACHABLE_RETURN(refused(ErrorCode::Internal));
}

/// What ends by a sign-in: the sessions that came along with it, and those that are too many now.
Result<void> endBehind(Transaction &transaction, SessionEndings &endings, const Session &opened, const QList<Id> &former,
                       const QList<Id> &unused, TimePoint now)
{
    return endings.endEach(transaction, former, SessionEnd::SignedInAgain, u"user"_s, now, opened.address)
        .and_then([&](const QList<Session> &) { return endings.endEach(transaction, unused, SessionEnd::TooMany, u"system"_s, now); })
        .transform([](const QList<Session> &) {});
}

int numberOf(const QList<Session> &ended) { return int(ended.size()); }

} // namespace

SessionService::SessionService(Database &database, AccountService &accounts, const TokenIssuer &issuer, const RefreshTokens &refreshTokens,
                               Revocations &revocations, SessionPolicy policy, SessionListener &listener)
    : m_database(database), m_accounts(accounts), m_issuer(issuer), m_refreshTokens(refreshTokens), m_policy(policy), m_listener(listener),
      m_endings(revocations, listener, issuer.policy().accessLifetime + issuer.policy().leeway)
{}

Result<void> SessionService::loadRevocations(TimePoint now) { return m_endings.load(m_database.reader(), now); }

Session SessionService::opened(const User &user, const Client &client, TimePoint now) const
{
    const TimePoint expiresAt = now + m_policy.longest;
    return {.id = Id::create(now),
            .userId = user.id,
            .generation = 0,
            .openedAt = now,
            .rotatedAt = now,
            .lastSeenAt = now,
            .idleExpiresAt = idleExpiry(m_policy, expiresAt, now),
            .expiresAt = expiresAt,
            .revokedAt = {},
            .revokedReason = {},
            .userAgent = client.userAgent,
            .address = client.address.toString(),
            .lastAddress = client.address.toString(),
            .method = u"password"_s};
}

TokenPair SessionService::pairFor(const User &user, const Session &session, TimePoint now) const
{
    const AccessToken access = m_issuer.issue(user, session.id, session.idleExpiresAt, now);
    return {.user = user,
            .session = session,
            .accessToken = access.token,
            .refreshToken = m_refreshTokens.issue(session.id, session.generation),
            .expiresIn = std::chrono::duration_cast<Seconds>(access.expiresAt - std::chrono::floor<Seconds>(now)),
            .accessExpiresAt = access.expiresAt};
}

Result<void> SessionService::store(Transaction &transaction, const User &user, const Session &session, const Client &client, TimePoint now)
{
    if (const auto noted = m_accounts.storeSignIn(transaction, user, client.address, now); !noted)
        return noted;
    transaction.afterCommit([this, session, user] { m_listener.sessionOpened(session, user); });
    return SessionStore::insert(transaction, session);
}

Result<TokenPair> SessionService::open(const User &user, const Client &client, TimePoint now, const QList<Id> &former)
{
    const Session session = opened(user, client, now);
    const auto unused = SessionStore::unusedLongest(m_database.reader(), user.id, m_policy.mostPerUser - 1, now);
    if (!unused)
        return refused(unused);
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto stored = store(transaction, user, session, client, now); !stored)
            return stored;
        const auto noted = AuditStore::append(transaction, {.at = now,
                                                            .type = audit::loginSucceeded,
                                                            .actor = u"user"_s,
                                                            .subject = user.id,
                                                            .session = session.id,
                                                            .address = session.address});
        return noted ? endBehind(transaction, m_endings, session, former, *unused, now) : noted;
    });
    if (!done)
        return refused(done);
    return pairFor(user, session, now);
}

void SessionService::auditFailedLogin(const Credentials &given, const Client &client, TimePoint now)
{
    const QString email = given.email.left(254);
    const QString address = client.address.toString();
    (void)m_database.write([&](Transaction &transaction) {
        return AuditStore::append(
            transaction, {.at = now, .type = audit::loginFailed, .actor = u"user"_s, .address = address, .details = {{u"email"_s, email}}});
    });
}

Result<TokenPair> SessionService::login(const Credentials &given, const Client &client, TimePoint now, const QList<Id> &former)
{
    const auto user = m_accounts.authenticate(given, now);
    if (!user) {
        if (user.error().code == ErrorCode::InvalidCredentials || user.error().code == ErrorCode::AccountDisabled)
            auditFailedLogin(given, client, now);
        return refused(user);
    }
    return open(*user, client, now, former);
}

Result<TokenPair> SessionService::registerAccount(const NewAccount &given, const Client &client, TimePoint now, const QList<Id> &former)
{
    if (!m_accounts.policy().registrationOpen)
        return refused(ErrorCode::RegistrationClosed, u"accounts.registration is closed"_s);
    const auto hash = m_accounts.hashFor(given);
    if (!hash)
        return refused(hash);
    Session session;
    User user;
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto made = m_accounts.insert(transaction, given, *hash, u"user"_s, now);
        if (!made)
            return refused(made);
        user = *made;
        session = opened(user, client, now);
        const auto stored = store(transaction, user, session, client, now);
        return stored ? endBehind(transaction, m_endings, session, former, {}, now) : stored;
    });
    if (!done)
        return refused(done);
    return pairFor(user, session, now);
}

void SessionService::announceRenewal(Transaction &transaction, const Session &session)
{
    if (const auto user = m_accounts.findWithin(transaction, session.userId))
        transaction.afterCommit([this, session, user = *user] { m_listener.sessionRenewed(session, user); });
}

void SessionService::announceReuse(Transaction &transaction, const Session &session, const QString &from)
{
    const auto owner = m_accounts.findWithin(transaction, session.userId);
    const QString email = owner ? owner->email : QString();
    transaction.afterCommit([this, session, email, from] { m_listener.refreshReused(session, email, from); });
}

Result<TokenPair> SessionService::refresh(QByteArrayView refreshToken, const Client &client, TimePoint now)
{
    const auto claim = m_refreshTokens.verify(refreshToken, now);
    if (!claim)
        return refused(claim);
    const auto verdict = m_database.write([&](Transaction &transaction) {
        auto made = rotateOn(transaction, m_endings, *claim, m_policy, client, now);
        if (made && made->good)
            announceRenewal(transaction, *made->good);
        if (made && made->reused)
            announceReuse(transaction, *made->reused, client.address.toString());
        return made;
    });
    if (!verdict)
        return refused(verdict);
    if (verdict->ahead)
        log(LogLevel::Warning, "database_behind"_L1,
            {{"session"_L1, claim->session}, {"why"_L1, u"a genuine refresh token is newer than the database: a restored copy?"_s}});
    if (!verdict->good)
        return refused(ErrorCode::InvalidToken, verdict->why);
    const auto user = m_accounts.findById(verdict->good->userId);
    if (!user && user.error().code != ErrorCode::NotFound)
        return refused(user); // a fault of ours is no reason to sign anybody out
    if (!user || user->disabled)
        return refused(ErrorCode::InvalidToken, u"the account is gone or disabled"_s);
    return pairFor(*user, *verdict->good, now);
}

Result<void> SessionService::logoutByToken(QByteArrayView refreshToken, TimePoint now)
{
    const auto claim = m_refreshTokens.verify(refreshToken, now);
    if (!claim)
        return {}; // nothing of ours to end: signed out already
    const auto ended = revokeById({claim->session}, SessionEnd::Logout, u"user"_s, now);
    if (!ended)
        return refused(ended);
    return {};
}

Result<int> SessionService::revokeById(const QList<Id> &sessions, SessionEnd reason, const QString &actor, TimePoint now)
{
    int all = 0;
    for (qsizetype from = 0; from < sessions.size(); from += endedAtOnce) {
        const QList<Id> piece = sessions.mid(from, endedAtOnce);
        const auto ended = m_database.write(
            [&](Transaction &transaction) { return m_endings.endEach(transaction, piece, reason, actor, now).transform(numberOf); });
        if (!ended)
            return ended;
        all += *ended;
    }
    return all;
}

Result<int> SessionService::revokeIssuedBetween(TimePoint from, TimePoint until, const QString &actor, TimePoint now)
{
    const auto known = SessionStore::issuedBetween(m_database.reader(), from, until, now);
    if (!known)
        return refused(known);
    const auto ended = revokeById(*known, SessionEnd::KeyRevoked, actor, now);
    if (!ended)
        return ended;
    const auto rest = m_database.write([&](Transaction &transaction) { // what refreshes under way brought meanwhile
        return SessionStore::issuedBetween(transaction, from, until, now)
            .and_then(
                [&](const QList<Id> &sessions) { return m_endings.endEach(transaction, sessions, SessionEnd::KeyRevoked, actor, now); })
            .transform(numberOf);
    });
    return rest ? Result<int>(*ended + *rest) : rest;
}

Result<int> SessionService::revokeByUser(Id user, SessionEnd reason, const QString &actor, TimePoint now, std::optional<Id> except)
{
    return m_database.write(
        [&](Transaction &transaction) { return m_endings.endAll(transaction, user, reason, except, actor, now).transform(numberOf); });
}

Result<void> SessionService::changePassword(Id user, QStringView current, QStringView next, Id keep, TimePoint now)
{
    const auto hash = m_accounts.hashPassword(u"new_password"_s, next.toString(), user);
    if (!hash)
        return refused(hash);
    if (const auto right = m_accounts.checkPassword(user, current); !right)
        return right;
    return storePassword(user, *hash, u"user"_s, keep, now);
}

Result<void> SessionService::setPassword(Id user, QStringView next, const QString &actor, TimePoint now)
{
    const auto hash = m_accounts.hashPassword(u"password"_s, next.toString(), user);
    if (!hash)
        return refused(hash);
    return storePassword(user, *hash, actor, std::nullopt, now);
}

Result<void> SessionService::storePassword(Id user, const QString &hash, const QString &actor, std::optional<Id> keep, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto live = keep ? stillLive(transaction, *keep, now) : Result<void>(); !live)
            return live;
        if (const auto stored = m_accounts.storePassword(transaction, user, hash, now); !stored)
            return stored;
        const auto noted = AuditStore::append(transaction, {.at = now, .type = audit::passwordChanged, .actor = actor, .subject = user});
        if (!noted)
            return noted;
        return m_endings.endAll(transaction, user, SessionEnd::PasswordChanged, keep, actor, now).transform([](const auto &) {});
    });
}

Result<void> SessionService::setDisabled(Id user, bool disabled, const QString &actor, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto stored = m_accounts.storeDisabled(transaction, user, disabled, now); !stored)
            return stored;
        const auto type = disabled ? audit::userDisabled : audit::userEnabled;
        const auto noted = AuditStore::append(transaction, {.at = now, .type = type, .actor = actor, .subject = user});
        if (!noted || !disabled)
            return noted;
        return m_endings.endAll(transaction, user, SessionEnd::AccountDisabled, std::nullopt, actor, now).transform([](const auto &) {});
    });
}

Result<void> SessionService::removeAccount(Id user, const QString &actor, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) -> Result<void> {
        if (const auto last = m_endings.endAll(transaction, user, SessionEnd::AccountRemoved, std::nullopt, actor, now); !last)
            return refused(last);
        if (const auto removed = m_accounts.remove(transaction, user); !removed)
            return removed;
        return AuditStore::append(transaction, {.at = now, .type = audit::userRemoved, .actor = actor, .subject = user});
    });
}

Result<void> SessionService::removeOwnAccount(Id user, QStringView password, TimePoint now)
{
    if (const auto right = m_accounts.checkPassword(user, password); !right)
        return right;
    return removeAccount(user, u"user"_s, now);
}

Result<std::optional<Session>> SessionService::findLive(Id session, TimePoint now) const
{
    return SessionStore::findById(m_database.reader(), session).transform([now](const std::optional<Session> &found) {
        return found && !whyRefused(*found, now) ? found : std::nullopt;
    });
}

Result<QList<Session>> SessionService::findByUser(Id user, TimePoint now, Id asking) const
{
    auto list = SessionStore::findLiveByUser(m_database.reader(), user, now, mostListed);
    if (!list || asking.isNull() || std::ranges::contains(*list, asking, &Session::id))
        return list;
    const auto own = findLive(asking, now);
    if (!own)
        return refused(own);
    if (*own)
        list->append(**own);
    return list;
}

void SessionService::noteBruteForce(const BruteForce &seen)
{
    const auto user = m_accounts.findByEmail(seen.account).value_or(std::nullopt);
    const auto recorded = m_database.write([&](Transaction &transaction) {
        return AuditStore::append(transaction, {.at = seen.at,
                                                .type = audit::bruteForce,
                                                .actor = u"system"_s,
                                                .subject = user ? std::optional(user->id) : std::nullopt,
                                                .address = seen.address,
                                                .details = {{u"email"_s, seen.account},
                                                            {u"denied_from_address"_s, seen.fromAddress},
                                                            {u"denied_at_account"_s, seen.atAccount}}});
    });
    log(LogLevel::Warning, "brute_force"_L1,
        {{"from"_L1, seen.address},
         {"denied_from_address"_L1, seen.fromAddress},
         {"denied_at_account"_L1, seen.atAccount},
         {"recorded"_L1, recorded ? u"yes"_s : recorded.error().detail}});
    m_listener.bruteForceSeen(seen, user);
}

} // namespace warder
