#include "core/api/filters/Origins.h"

#include "core/net/gate/HttpChars.h"

namespace warder {
namespace {

using Known = QHttpHeaders::WellKnownHeader;

constexpr qsizetype mostHeaders = 40;

bool isToken(QByteArrayView text) { return !text.isEmpty() && chars::areAll({text.data(), std::size_t(text.size())}, chars::Token); }

/// Those that clients of ours use, and what this page asks for: tools that trace requests have a dozen names for theirs, and a page
/// that may read a user's data may well name its request.
QByteArray allowedHeaders(const QHttpHeaders &request)
{
    QByteArrayList names {"authorization", "content-type", "x-csrf-token", "x-request-id"};
    for (const QByteArray &asked : request.combinedValue(Known::AccessControlRequestHeaders).toLower().split(',')) {
        const QByteArray name = asked.trimmed();
        if (isToken(name) && !names.contains(name) && names.size() < mostHeaders)
            names += name;
    }
    return names.join(", ");
}

} // namespace

Origins::Origins(const QStringList &allowed, const QStringList &hosts) : m_hosts(hosts)
{
    for (const QString &origin : allowed)
        m_allowed.insert(origin.toLower().toUtf8());
}

bool Origins::isAllowed(QByteArrayView origin) const { return m_allowed.contains(origin.toByteArray().toLower()); }

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
    answer.append(Known::AccessControlAllowHeaders, allowedHeaders(request));
    answer.append(Known::AccessControlMaxAge, "7200");
}

} // namespace warder
