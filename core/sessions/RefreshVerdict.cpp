#include "core/sessions/RefreshVerdict.h"

#include "core/sessions/RefreshChain.h"
#include "core/sessions/SessionEndings.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Transaction.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A token that came, by whom and when.
struct Presented
{
    const RefreshClaim &claim;
    const SessionPolicy &policy;
    const Client &client;
    TimePoint now;
};

QString refreshesWith(const Session &session, const Presented &token, Rotation what, qint64 generation)
{
    return refresh_chain::with(session.refreshes, refresh_chain::stepBy(token.client, session, what, generation, token.now));
}

Result<RefreshVerdict> repeat(Transaction &transaction, Session session, const Presented &token)
{
    session.refreshes = refreshesWith(session, token, Rotation::Repeat, session.generation);
    ++session.graceHits;
    return SessionStore::countGraceHit(transaction, session.id, session.refreshes).transform([&session] {
        return RefreshVerdict {.good = session};
    });
}

/// Nothing where another node was faster.
Result<std::optional<RefreshVerdict>> rotate(Transaction &transaction, Session session, const Presented &token, Rotation what)
{
    const qint64 from = session.generation;
    session.generation = token.claim.generation + 1;
    session.refreshes = refreshesWith(session, token, what, session.generation);
    session.lastAddress = token.client.address.toString();
    session.rotatedAt = session.lastSeenAt = token.now;
    session.idleExpiresAt = idleExpiry(token.policy, session.expiresAt, token.now);
    return SessionStore::rotate(transaction, session, from).transform([&](bool rotated) {
        return rotated ? std::optional(RefreshVerdict {.good = session, .ahead = what == Rotation::Ahead}) : std::nullopt;
    });
}

Result<RefreshVerdict> endReused(Transaction &transaction, SessionEndings &endings, Session session, const Presented &token)
{
    session.refreshes = refreshesWith(session, token, Rotation::Reused, token.claim.generation);
    return endings.endReused(transaction, session, token.client.address.toString(), token.now)
        .transform([](const std::optional<Session> &ended) {
            return RefreshVerdict {.reused = ended, .why = u"a spent refresh token came back, the family is revoked"_s};
        });
}

} // namespace

Result<RefreshVerdict> judgeRefresh(Transaction &transaction, SessionEndings &endings, const RefreshClaim &claim,
                                    const SessionPolicy &policy, const Client &client, TimePoint now)
{
    const auto found = SessionStore::findById(transaction, claim.session);
    if (!found)
        return refused(found);
    if (!found->has_value())
        return RefreshVerdict {.why = u"no such session"_s};
    const Session &session = **found;
    if (!isLive(session, now))
        return RefreshVerdict {.why = u"the session has ended"_s};
    const Presented token {.claim = claim, .policy = policy, .client = client, .now = now};
    const Rotation what = rotationFor(session, claim.generation, policy, now);
    switch (what) {
    case Rotation::Repeat: return repeat(transaction, session, token);
    case Rotation::Ahead:
    case Rotation::Rotate: {
        const auto rotated = rotate(transaction, session, token, what);
        if (!rotated)
            return refused(rotated);
        if (!rotated->has_value())
            return judgeRefresh(transaction, endings, claim, policy, client, now); // judge what the other node left
        return **rotated;
    }
    case Rotation::Reused: return endReused(transaction, endings, session, token);
    }
    Q_UNREACHABLE_RETURN(refused(ErrorCode::Internal));
}

} // namespace warder
