#include "core/sessions/Authenticator.h"

#include "core/sessions/Revocations.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "core/tokens/TokenVerifier.h"

using namespace Qt::StringLiterals;

namespace warder {

constexpr qsizetype mostSeen = 100'000;

Authenticator::Authenticator(const TokenVerifier &verifier, const Revocations &revocations, Database &database, TimePoint startedAt)
    : m_verifier(verifier), m_revocations(revocations), m_database(database), m_startedAt(startedAt)
{}

Result<void> Authenticator::checkExists(Id session) const
{
    {
        const std::shared_lock lock(m_mutex);
        if (m_seen.contains(session))
            return {};
    }
    const auto found = SessionStore::findById(m_database.reader(), session);
    if (!found)
        return refused(found);
    if (!found->has_value() || (*found)->revokedAt)
        return refused(ErrorCode::InvalidToken, u"the database does not know its session"_s);
    const std::unique_lock lock(m_mutex);
    if (m_seen.size() >= mostSeen)
        m_seen.clear();
    m_seen.insert(session);
    return {};
}

Result<Principal> Authenticator::authenticate(QByteArrayView accessToken, TimePoint now) const
{
    auto principal = m_verifier.verify(accessToken, now);
    if (!principal)
        return principal;
    if (m_revocations.contains(principal->sessionId))
        return refused(ErrorCode::InvalidToken, u"its session has ended"_s);
    if (principal->issuedAt < m_startedAt) {
        if (const auto exists = checkExists(principal->sessionId); !exists)
            return refused(exists);
    }
    return principal;
}

} // namespace warder
