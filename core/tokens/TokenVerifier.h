#pragma once

#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenPolicy.h"
#include "core/tokens/VerifiedTokens.h"

namespace warder {

/// Checks access tokens: signature by a key of the ring with the one algorithm that key is for (RFC 8725 §3.1), kind (at+jwt,
/// §3.11), issuer, audience, times, and the form of every claim we use. A token that was checked before costs a look-up. Any thread.
class TokenVerifier final
{
public:
    TokenVerifier(const SigningKeys &keys, TokenPolicy policy) : m_keys(keys), m_policy(std::move(policy)) {}

    /// InvalidToken with the reason in the detail. Whether the session still lives is the Authenticator's question.
    Result<AccessClaims> verify(QByteArrayView token, TimePoint now) const;

    /// As the issuer's. Not while another thread verifies.
    void setName(const QString &issuer) { m_policy.issuer = issuer; }

private:
    Result<AccessClaims> checked(QByteArrayView token, const KeyRing &ring, TimePoint now) const;
    Result<void> checkTimes(const AccessClaims &claims, TimePoint now) const;

    const SigningKeys &m_keys;
    TokenPolicy m_policy;
    mutable VerifiedTokens m_verified;
};

} // namespace warder
