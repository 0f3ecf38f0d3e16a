#pragma once

#include "core/api/Caller.h"
#include "core/api/filters/Cookies.h"

namespace warder {

class PendingSignIns;

/// Knows who holds the ticket of a sign-in that lacks a factor: `mfa_token` of the body, else the cookie. Any thread.
class PendingCallers final : public CallerSource<PendingCaller>
{
public:
    PendingCallers(const PendingSignIns &signIns, const Cookies &cookies) : m_signIns(signIns), m_cookies(cookies) {}

    Result<PendingCaller> callerOf(const Call &call) const override;

    /// Whether the ticket came as a cookie, which scripts cannot read: what comes of it must not become readable either.
    static bool isByCookie(const Call &call);

private:
    const PendingSignIns &m_signIns;
    const Cookies &m_cookies;
};

} // namespace warder
