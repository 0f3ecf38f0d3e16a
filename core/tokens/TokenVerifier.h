#pragma once

#include "core/tokens/KeyRing.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenPolicy.h"
#include "core/tokens/VerifiedTokens.h"

namespace warder {

/// Checks access tokens: signature by a key of the ring with the one algorithm that key is for (RFC 8725 §3.1), kind (at+jwt,
/// §3.11), issuer, audience, times, and the form of every claim we use. A token that was checked before costs a look-up. Any thread.
class TokenVerifier final
{
public:
    TokenVerifier(const SigningKeys &keys, const TokenPolicy &policy) : m_keys(keys), m_policy(policy) {}

    /// InvalidToken with the reason in the detail. Whether the session still lives is the Authenticator's question.
    Result<Principal> verify(QByteArrayView token, TimePoint now) const;

private:
    Result<Principal> checked(QByteArrayView token, const KeyRing &ring, TimePoint now) const;
    Result<void> checkTimes(const Principal &claims, TimePoint now) const;

    const SigningKeys &m_keys;
    const TokenPolicy &m_policy;
    mutable VerifiedTokens m_verified;
};

} // namespace warder
