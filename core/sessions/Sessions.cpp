#include "core/sessions/Sessions.h"

#include "core/accounts/Accounts.h"
#include "core/alarms/AlarmStore.h"
#include "core/sessions/RefreshVerdict.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/TokenIssuer.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostListed = 1000;

int numberOf(const QList<Session> &ended) { return int(ended.size()); }

} // namespace

Sessions::Sessions(Database &database, Accounts &accounts, SigningKeys &keys, const TokenIssuer &issuer, const RefreshTokens &refreshTokens,
                   Revocations &revocations, SessionPolicy policy, SessionListener &listener)
    : m_database(database), m_accounts(accounts), m_keys(keys), m_issuer(issuer), m_refreshTokens(refreshTokens), m_policy(policy),
      m_listener(listener), m_endings(revocations, listener, issuer.policy().longestLife())
{}

Result<void> Sessions::loadRevocations(TimePoint now) { return m_endings.load(m_database.reader(), m_keys.longestAccessLife(), now); }

Session Sessions::prepare(const User &user, const Client &client, const SignInMethod &method, TimePoint now) const
{
    const TimePoint expiresAt = now + m_policy.longest;
    return {.id = Id::create(now),
            .userId = user.id,
            .openedAt = now,
            .rotatedAt = now,
            .lastSeenAt = now,
            .idleExpiresAt = idleExpiry(m_policy, expiresAt, now),
            .expiresAt = expiresAt,
            .userAgent = client.userAgent,
            .address = client.address.toString(),
            .lastAddress = client.address.toString(),
            .method = method.name,
            .amr = method.amr,
            .authenticatedAt = now};
}

Result<void> Sessions::open(Transaction &transaction, const User &user, const Session &session, const QList<Id> &former, TimePoint now)
{
    const auto tooMany = SessionStore::unusedLongest(transaction, user.id, m_policy.mostPerUser - 1, now);
    if (!tooMany)
        return refused(tooMany);
    transaction.afterCommit([this, session, user] { m_listener.sessionOpened(session, user); });
    return SessionStore::insert(transaction, session)
        .and_then([&] { return m_endings.endEach(transaction, former, SessionEnd::SignedInAgain, u"user"_s, now, session.address); })
        .and_then([&](const auto &) { return m_endings.endEach(transaction, *tooMany, SessionEnd::TooMany, u"system"_s, now); })
        .transform([](const auto &) {});
}

TokenPair Sessions::pairFor(const User &user, const Session &session, TimePoint now) const
{
    const AccessToken access = m_issuer.issue(
        user, {.id = session.id, .expiresAt = session.idleExpiresAt, .amr = session.amr, .authenticatedAt = session.authenticatedAt}, now);
    return {.user = user,
            .session = session,
            .accessToken = access.token,
            .refreshToken = m_refreshTokens.issue(session.id, session.generation),
            .expiresIn = std::chrono::duration_cast<Seconds>(access.expiresAt - std::chrono::floor<Seconds>(now))};
}

void Sessions::announceRenewal(Transaction &transaction, const Session &session)
{
    if (const auto user = m_accounts.findWithin(transaction, session.userId))
        transaction.afterCommit([this, session, user = *user] { m_listener.sessionRenewed(session, user); });
}

Result<void> Sessions::raiseReuse(Transaction &transaction, const Session &session, const QString &from)
{
    const auto owner = m_accounts.findWithin(transaction, session.userId);
    const QString email = owner ? owner->email : QString();
    transaction.afterCommit([this, session, email, from] { m_listener.refreshReused(session, email, from); });
    return AlarmStore::raise(transaction, {.type = AlarmType::RefreshReused,
                                           .at = session.revokedAt.value_or(session.lastSeenAt),
                                           .address = from,
                                           .openedFrom = session.address,
                                           .email = email,
                                           .user = session.userId,
                                           .session = session.id});
}

Result<TokenPair> Sessions::refresh(QByteArrayView refreshToken, const Client &client, TimePoint now)
{
    const auto claim = m_refreshTokens.verify(refreshToken, now);
    if (!claim)
        return refused(claim);
    const auto verdict = m_database.write([&](Transaction &transaction) -> Result<RefreshVerdict> {
        auto made = judgeRefresh(transaction, m_endings, *claim, m_policy, client, now);
        if (made && made->good)
            announceRenewal(transaction, *made->good);
        const bool isReuse = made && made->reused;
        const auto raised = isReuse ? raiseReuse(transaction, *made->reused, client.address.toString()) : Result<void>();
        if (!raised)
            return refused(raised);
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

Result<void> Sessions::logoutByToken(QByteArrayView refreshToken, TimePoint now)
{
    const auto claim = m_refreshTokens.verify(refreshToken, now);
    if (!claim)
        return {}; // nothing of ours to end: signed out already
    const auto ended = revokeById({claim->session}, SessionEnd::Logout, u"user"_s, now);
    if (!ended)
        return refused(ended);
    return {};
}

Result<int> Sessions::revokeById(const QList<Id> &sessions, SessionEnd reason, const QString &actor, TimePoint now)
{
    int all = 0;
    for (qsizetype from = 0; from < sessions.size(); from += endedAtOnce) {
        const QList<Id> piece = sessions.mid(from, endedAtOnce);
        const auto ended = m_database.write(
            [&](Transaction &transaction) { return m_endings.endEach(transaction, piece, reason, actor, now).transform(numberOf); });
        if (!ended)
            return all > 0 ? refusedMidway(ended, all) : refused(ended);
        all += *ended;
    }
    return all;
}

Result<qint64> Sessions::countSignedBy(const SigningKey &key, TimePoint now) const
{
    if (key.state == KeyState::Revoked)
        return 0;
    return countHolders(m_keys.spansOf(key, now), now);
}

Result<qint64> Sessions::countHolders(const QList<SigningSpan> &spans, TimePoint now) const
{
    qint64 all = 0;
    for (const SigningSpan &span : spans) {
        const auto holders = SessionStore::countIssuedBetween(m_database.reader(), span.from, span.until, now);
        if (!holders)
            return holders;
        all += *holders;
    }
    return all;
}

Result<RevokedKey> Sessions::revokeKey(const QString &kid, const QString &actor, TimePoint now)
{
    const auto key = m_keys.revoke(kid, actor, now);
    if (!key)
        return refused(key);
    const QList<SigningSpan> spans = m_keys.spansOf(*key, now);
    const auto concerned = key->purpose == KeyPurpose::Refresh ? revokeSignedInAll(spans, actor, now) : countHolders(spans, now);
    if (!concerned)
        return refusedMidway(concerned); // the key is revoked
    return RevokedKey {.key = *key, .sessions = *concerned};
}

Result<void> Sessions::removeSpentKeys(TimePoint now)
{
    for (const SigningKey &key : m_keys.leaving(now)) {
        const auto holders = countBound(key, now);
        if (!holders)
            return refused(holders);
        const auto removed = *holders == 0 ? m_keys.remove(key, u"system"_s, now) : Result<void>();
        if (!removed)
            return removed;
    }
    return {};
}

Result<RestoredKey> Sessions::restoreKey(const QString &kid, const QString &actor, TimePoint now)
{
    const auto restored = m_keys.restore(kid, actor, now);
    if (!restored)
        return refused(restored);
    qint64 ended = 0;
    for (const SigningSpan &span : restored->revokedAt ? m_keys.spansOf(restored->key, now) : QList<SigningSpan>()) {
        const auto some = SessionStore::countEndedByKey(m_database.reader(), span.from, span.until, *restored->revokedAt);
        if (!some)
            return refusedMidway(some);
        ended += restored->key.purpose == KeyPurpose::Refresh ? *some : 0;
    }
    return RestoredKey {.key = restored->key, .displaced = restored->displaced, .ended = ended};
}

Result<SigningKey> Sessions::removeKey(const QString &kid, const QString &actor, TimePoint now)
{
    const auto ring = m_keys.ring();
    const SigningKey *key = ring->find(kid);
    const auto holders = key ? countBound(*key, now) : Result<qint64>(0);
    if (!holders)
        return refused(holders);
    if (*holders > 0 && key->state == KeyState::Revoked)
        return refused(ErrorCode::Conflict, u"its revocation has not ended all of its sessions yet: give it again first"_s);
    return m_keys.removeByHand(kid, actor, now);
}

/// Whom a key must wait for before it goes: live sessions that hold a refresh token of it.
Result<qint64> Sessions::countBound(const SigningKey &key, TimePoint now) const
{
    return key.purpose == KeyPurpose::Refresh ? countHolders(m_keys.spansOf(key, now), now) : Result<qint64>(0);
}

Result<qint64> Sessions::revokeSignedInAll(const QList<SigningSpan> &spans, const QString &actor, TimePoint now)
{
    qint64 all = 0;
    for (const SigningSpan &span : spans) {
        const auto ended = revokeSignedIn(span, actor, now);
        if (!ended)
            return all > 0 ? refusedMidway(ended, int(all)) : refused(ended);
        all += *ended;
    }
    return all;
}

Result<qint64> Sessions::revokeSignedIn(const SigningSpan &span, const QString &actor, TimePoint now)
{
    const auto known = SessionStore::issuedBetween(m_database.reader(), span.from, span.until, now);
    if (!known)
        return refused(known);
    const auto ended = revokeById(*known, SessionEnd::KeyRevoked, actor, now);
    if (!ended)
        return refused(ended);
    const auto rest = m_database.write([&](Transaction &transaction) { // what refreshes under way brought meanwhile
        return SessionStore::issuedBetween(transaction, span.from, span.until, now)
            .and_then(
                [&](const QList<Id> &sessions) { return m_endings.endEach(transaction, sessions, SessionEnd::KeyRevoked, actor, now); })
            .transform(numberOf);
    });
    if (!rest)
        return refusedMidway(rest, *ended);
    return qint64(*ended) + *rest;
}

Result<int> Sessions::revokeByUser(Id user, SessionEnd reason, const QString &actor, TimePoint now, std::optional<Id> except)
{
    return m_database.write(
        [&](Transaction &transaction) { return m_endings.endAll(transaction, user, reason, except, actor, now).transform(numberOf); });
}

Result<void> Sessions::endAll(Transaction &transaction, Id user, SessionEnd reason, const QString &actor, TimePoint now,
                              std::optional<Id> except)
{
    return m_endings.endAll(transaction, user, reason, except, actor, now).transform([](const auto &) {});
}

Result<void> Sessions::checkNumber(Transaction &transaction, Id user, std::optional<qint64> seen, TimePoint now) const
{
    if (!seen)
        return {};
    const auto live = SessionStore::countLiveByUser(transaction, user, now);
    if (!live)
        return refused(live);
    if (*live != *seen)
        return refused(ErrorCode::Conflict, u"%1 sessions are live now, not %2"_s.arg(*live).arg(*seen));
    return {};
}

Result<void> Sessions::checkLive(Transaction &transaction, Id session, TimePoint now) const
{
    const auto found = SessionStore::findById(transaction, session);
    if (!found)
        return refused(found);
    if (!found->has_value() || !isLive(**found, now))
        return refused(ErrorCode::InvalidToken, u"its session has ended"_s);
    return {};
}

Result<void> Sessions::prove(Transaction &transaction, Id session, const QStringList &amr, TimePoint now)
{
    const auto found = SessionStore::findById(transaction, session);
    if (!found)
        return refused(found);
    QStringList all = found->value_or(Session {}).amr + amr;
    all.removeDuplicates();
    const auto proven = SessionStore::updateProof(transaction, session, all, now);
    if (!proven)
        return refused(proven);
    if (!proven->has_value())
        return refused(ErrorCode::InvalidToken, u"its session has ended"_s);
    announceRenewal(transaction, **proven);
    return {};
}

Result<std::optional<Session>> Sessions::findLive(Id session, TimePoint now) const
{
    return SessionStore::findById(m_database.reader(), session).transform([now](const std::optional<Session> &found) {
        return found && isLive(*found, now) ? found : std::nullopt;
    });
}

Result<QList<Session>> Sessions::findByUser(Id user, TimePoint now, Id asking) const
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

} // namespace warder
