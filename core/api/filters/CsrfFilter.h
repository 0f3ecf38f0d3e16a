#pragma once

#include "core/api/Route.h"
#include "core/api/filters/Cookies.h"
#include "core/api/filters/Origins.h"

namespace warder {

class RefreshTokens;
class TokenVerifier;

/// Refuses what another site makes a browser send (docs/http.md, "Requests of a browser"). Immutable; any thread.
class CsrfFilter final
{
public:
    CsrfFilter(const Origins &origins, const Cookies &cookies, const RefreshTokens &tokens, const TokenVerifier &verifier)
        : m_origins(origins), m_cookies(cookies), m_tokens(tokens), m_verifier(verifier)
    {}

    Result<void> check(const Route &route, const Call &call) const;

private:
    std::optional<Id> sessionOf(const Call &call) const;

    const Origins &m_origins;
    const Cookies &m_cookies;
    const RefreshTokens &m_tokens;
    const TokenVerifier &m_verifier;
};

} // namespace warder
