#pragma once

#include "core/api/filters/Hosts.h"

#include <QByteArray>
#include <QHttpHeaders>
#include <QSet>
#include <QStringList>

namespace warder {

/// Where a request says it comes from.
enum class OriginVerdict {
    NotABrowser, ///< Neither Origin nor Sec-Fetch-Site: nothing rides on somebody's cookies.
    Allowed,     ///< The same origin, or one from http.allowed_origins.
    Foreign,
};

/// The origins whose pages may speak for a signed-in person. Immutable; any thread.
class Origins final
{
public:
    /// Exact origins, `scheme://host[:port]`, and the server's own host names.
    explicit Origins(const QStringList &allowed, const QStringList &hosts = {});

    bool isAllowed(QByteArrayView origin) const;

    /// `secure`: whether the request came by HTTPS, as the client sees it; then a certificate proves the Host.
    OriginVerdict judge(const QHttpHeaders &headers, bool secure) const;

    /// CORS headers for an answer to these request headers (Fetch §3.2): credentials for allowed origins only.
    void addTo(QHttpHeaders &answer, const QHttpHeaders &request) const;

    /// The further headers of an answer to a preflight; `methods` as in Allow.
    void addPreflightTo(QHttpHeaders &answer, const QHttpHeaders &request, const QByteArray &methods) const;

private:
    bool isOwn(QByteArrayView host, bool secure) const { return secure || m_hosts.isOwn(host); }

    QSet<QByteArray> m_allowed;
    const Hosts m_hosts;
};

} // namespace warder
