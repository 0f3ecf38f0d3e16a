#include "core/sessions/Authenticator.h"

#include "core/sessions/Revocations.h"
#include "core/tokens/TokenVerifier.h"

using namespace Qt::StringLiterals;

namespace warder {

Authenticator::Authenticator(const TokenVerifier &verifier, const Revocations &revocations)
    : m_verifier(verifier), m_revocations(revocations)
{
}

Result<Principal> Authenticator::authenticate(QByteArrayView accessToken, TimePoint now) const
{
    const auto claims = m_verifier.verify(accessToken, now);
    if (!claims)
        return refused(claims);
    if (m_revocations.contains(claims->sessionId))
        return refused(ErrorCode::InvalidToken, u"its session has ended"_s);
    return Principal {.userId = claims->userId, .sessionId = claims->sessionId, .email = claims->email, .roles = claims->roles,
                      .expiresAt = claims->expiresAt};
}

} // namespace warder
