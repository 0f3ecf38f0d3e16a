#include "core/api/filters/Cookies.h"

#include "core/tokens/RefreshTokens.h"

namespace warder {
namespace {

qint64 leftOf(const Session &session, TimePoint now)
{
    return std::chrono::duration_cast<Seconds>(std::min(session.expiresAt, session.idleExpiresAt) - now).count();
}

} // namespace

Cookies::Cookies(const QByteArray &prefix, bool insecure, const RefreshTokens &tokens) : m_tokens(tokens), m_insecure(insecure)
{
    const QByteArray start = (insecure ? "" : "__Host-") + prefix;
    m_access = start + "_access";
    m_refresh = start + "_refresh";
    m_csrf = start + "_csrf";
    m_ticket = start + "_mfa";
    m_device = start + "_device";
    m_known = start + "_known";
    m_attempt = start + "_oauth";
}

QByteArray Cookies::line(const QByteArray &name, const QByteArray &value, qint64 maxAge, bool readable) const
{
    return name + '=' + value + "; Path=/; Max-Age=" + QByteArray::number(maxAge) + "; SameSite=Lax" + (m_insecure ? "" : "; Secure")
           + (readable ? "" : "; HttpOnly");
}

QByteArray Cookies::csrfFor(const Call &call, const Session &session) const
{
    const QByteArray known = call.cookies.value(m_csrf);
    return m_tokens.verifyCsrf(known, session.id, call.now) ? known : m_tokens.issueCsrf(session.id);
}

void Cookies::setCsrfOn(ApiResponse &response, const Session &session, const QByteArray &token, TimePoint now) const
{
    response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, line(m_csrf, token, leftOf(session, now), true));
}

void Cookies::setTicketOn(ApiResponse &response, const QByteArray &ticket, Seconds life) const
{
    response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, line(m_ticket, ticket, life.count(), false));
}

void Cookies::setDeviceOn(ApiResponse &response, const QByteArray &secret, Seconds life) const
{
    response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, line(m_device, secret, life.count(), false));
}

void Cookies::setKnownOn(ApiResponse &response, const QByteArray &marks, Seconds life) const
{
    response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, line(m_known, marks, life.count(), false));
}

void Cookies::setAttemptOn(ApiResponse &response, const QByteArray &secret, Seconds life) const
{
    response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, line(m_attempt, secret, life.count(), false));
}

void Cookies::setOn(ApiResponse &response, const TokenPair &pair, TimePoint now) const
{
    const auto add = [&response](const QByteArray &cookie) { response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, cookie); };
    add(line(m_access, pair.accessToken, pair.expiresIn.count(), false));
    add(line(m_refresh, pair.refreshToken, leftOf(pair.session, now), false));
    setCsrfOn(response, pair.session, m_tokens.issueCsrf(pair.session.id), now);
}

void Cookies::clearOn(ApiResponse &response) const
{
    for (const QByteArray &name : {m_access, m_refresh, m_csrf})
        response.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, line(name, "", 0, name == m_csrf));
}

} // namespace warder
