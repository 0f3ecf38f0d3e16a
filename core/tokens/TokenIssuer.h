#pragma once

#include "core/accounts/User.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenPolicy.h"

namespace warder {

/// What an access token says of the session that it belongs to.
struct TokenSession
{
    Id id;
    TimePoint expiresAt;            ///< No token of it lives longer.
    QStringList amr = {};           ///< How its owner proved who they are (RFC 8176).
    TimePoint authenticatedAt = {}; ///< When they last did.
};

struct AccessToken
{
    QByteArray token;
    TimePoint expiresAt;
};

/// Makes access tokens (JWT, RFC 7519) with the current key. Any thread.
class TokenIssuer final
{
public:
    TokenIssuer(const SigningKeys &keys, const TokenPolicy &policy) : m_keys(keys), m_policy(policy) {}

    const TokenPolicy &policy() const { return m_policy; }

    /// Never lives longer than its session. `auth_time` is OpenID Connect Core's (§2): the proof's time and not the token's, so that a
    /// refresh does not make it younger.
    AccessToken issue(const User &user, const TokenSession &session, TimePoint now) const;

private:
    const SigningKeys &m_keys;
    const TokenPolicy &m_policy;
};

} // namespace warder
