#include "core/http/filters/Origins.h"

namespace warder {
namespace {

using Known = QHttpHeaders::WellKnownHeader;

} // namespace

Origins::Origins(const QStringList &allowed, const QStringList &hosts) : m_hosts(hosts)
{
    for (const QString &origin : allowed)
        m_allowed.insert(origin.toLower().toUtf8());
}

bool Origins::isAllowed(QByteArrayView origin) const
{
    return m_allowed.contains(origin.toByteArray().toLower());
}

OriginVerdict Origins::judge(const QHttpHeaders &headers, bool secure) const
{
    const QByteArrayView host = headers.value(Known::Host);
    if (headers.contains(Known::Origin)) {
        const QByteArray origin = headers.combinedValue(Known::Origin).toLower();
        const QByteArray own = (secure ? "https://" : "http://") + host.toByteArray().toLower();
        return (origin == own && isOwn(host, secure)) || isAllowed(origin) ? OriginVerdict::Allowed : OriginVerdict::Foreign;
    }
    if (!headers.contains("Sec-Fetch-Site"))
        return OriginVerdict::NotABrowser;
    const QByteArray site = headers.combinedValue("Sec-Fetch-Site").toLower();
    return site == "none" || (site == "same-origin" && isOwn(host, secure)) ? OriginVerdict::Allowed : OriginVerdict::Foreign;
}

void Origins::addTo(QHttpHeaders &answer, const QHttpHeaders &request) const
{
    answer.append(Known::Vary, "Origin");
    const QByteArray origin = request.combinedValue(Known::Origin); // two are none of ours
    if (!isAllowed(origin))
        return;
    answer.append(Known::AccessControlAllowOrigin, origin);
    answer.append(Known::AccessControlAllowCredentials, "true");
    answer.append(Known::AccessControlExposeHeaders, "X-Request-Id, Retry-After, RateLimit, RateLimit-Policy");
}

void Origins::addPreflightTo(QHttpHeaders &answer, const QHttpHeaders &request, const QByteArray &methods) const
{
    if (!isAllowed(request.value(Known::Origin)))
        return;
    answer.append(Known::AccessControlAllowMethods, methods);
    answer.append(Known::AccessControlAllowHeaders, "Authorization, Content-Type, X-CSRF-Token, X-Request-Id");
    answer.append(Known::AccessControlMaxAge, "7200");
}

} // namespace warder
