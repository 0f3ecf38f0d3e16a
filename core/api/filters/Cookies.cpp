#include "core/api/filters/Cookies.h"

#include "core/tokens/RefreshTokens.h"

namespace warder {

Cookies::Cookies(const QByteArray &prefix, bool insecure, const RefreshTokens &tokens) : m_tokens(tokens), m_insecure(insecure)
{
    const QByteArray start = (insecure ? "" : "__Host-") + prefix;
    m_access = start + "_access";
    m_refresh = start + "_refresh";
    m_csrf = start + "_csrf";
    m_ticket = start + "_mfa";
}

QByteArray Cookies::line(const QByteArray &name, const QByteArray &value, qint64 maxAge, bool readable) const
{
    return name + '=' + value + "; Path=/; Max-Age=" + QByteArray::number(maxAge) + "; SameSite=Lax" + (m_insecure ? "" : "; Secure")
           + (readable ? "" : "; HttpOnly");
}

void Cookies::setOn(ApiResponse &response, const TokenPair &pair, TimePoint now) const
{
    const auto sessionLeft =
        std::chrono::duration_cast<Seconds>(std::min(pair.session.expiresAt, pair.session.idleExpiresAt) - now).count();
    const auto add = [&response](const QByteArray &cookie) { response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, cookie); };
    add(line(m_access, pair.accessToken, pair.expiresIn.count(), false));
    add(line(m_refresh, pair.refreshToken, sessionLeft, false));
    add(line(m_csrf, m_tokens.issueCsrf(pair.session.id), sessionLeft, true));
}

void Cookies::clearOn(ApiResponse &response) const
{
    for (const QByteArray &name : {m_access, m_refresh, m_csrf})
        response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, line(name, "", 0, name == m_csrf));
}

} // namespace warder
