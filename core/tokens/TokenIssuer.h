#pragma once

#include "core/accounts/User.h"
#include "core/tokens/SigningKeys.h"
#include "core/tokens/TokenPolicy.h"

namespace warder {

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

    /// Never lives longer than its session.
    AccessToken issue(const User &user, Id session, TimePoint sessionExpiresAt, TimePoint now) const;

private:
    const SigningKeys &m_keys;
    const TokenPolicy &m_policy;
};

} // namespace warder
