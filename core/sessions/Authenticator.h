#pragma once

#include "core/base/Result.h"
#include "core/tokens/VerifiedTokens.h"

#include <QSet>

#include <shared_mutex>

namespace warder {

class Database;
class Revocations;
class TokenVerifier;

/// Says whether an access token is good now: signature, time, and that its session has not been ended.
/// Any thread; takes microseconds. The database is asked once for each session that an earlier run of the server issued a token
/// for: it may be a restored copy that has never heard of it.
class Authenticator final
{
public:
    Authenticator(const TokenVerifier &verifier, const Revocations &revocations, Database &database, TimePoint startedAt);

    /// InvalidToken with the reason in the detail for anything that is not good now; a fault of ours is told as what it is.
    Result<Principal> authenticate(QByteArrayView accessToken, TimePoint now) const;

private:
    Result<void> checkExists(Id session) const;

    const TokenVerifier &m_verifier;
    const Revocations &m_revocations;
    Database &m_database;
    const TimePoint m_startedAt;
    mutable std::shared_mutex m_mutex;
    mutable QSet<Id> m_seen; ///< Sessions of earlier runs that the database knows. Bounded.
};

} // namespace warder
