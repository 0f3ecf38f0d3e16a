#pragma once

#include "core/config/ServerUrl.h"
#include "core/config/Settings.h"

#include <QUrl>

namespace warder {

/// What settings decide about HTTP.
struct HttpOptions
{
    QByteArray basePath = {}; ///< "" or "/auth", without a slash at the end.
    QStringList allowedOrigins = {};
    QStringList hosts = {}; ///< Names that browsers reach the server by, beside localhost and IP addresses.
    bool cookiesInsecure = false;
    QByteArray cookiePrefix = "warder"; ///< http.cookie_prefix
    bool deliverByCookie = false;       ///< tokens.delivery
    QString metricsToken = {};          ///< Empty: /metrics answers loopback only.
    QString serviceToken = {};          ///< http.service_token; empty: no server may say for whom it asks.
    QString issuer = {};                ///< The `iss` of access tokens; the metadata routes exist if it is a URL.
    QString frontend = {};              ///< "https://app.example.com": where browsers come from, and go back to. Empty: there is none.
    bool docs = true;                   ///< /docs and /openapi.json
    qint64 bodyLimit = 64 * 1024;
    Milliseconds freshFor = std::chrono::minutes {10}; ///< How old a proof Access::Recent accepts.
    bool strictTransport = false; ///< Tells browsers to come over TLS only (RFC 6797); for a server with TLS of its own.

    /// `issuer`: the name that access tokens carry.
    static HttpOptions from(const Settings &settings, const QString &issuer)
    {
        const QString frontend = settings.get<"oauth.frontend">();
        return {.basePath = settings.get<"http.base_path">().toUtf8(),
                .allowedOrigins = settings.get<"http.allowed_origins">(),
                .hosts = settings.get<"http.hosts">() << QUrl(issuer).host(),
                .cookiesInsecure = settings.get<"http.cookies_insecure">(),
                .cookiePrefix = settings.get<"http.cookie_prefix">().toLatin1(),
                .deliverByCookie = settings.get<"tokens.delivery">() == u"cookie",
                .metricsToken = settings.get<"metrics.token">(),
                .serviceToken = settings.get<"http.service_token">(),
                .issuer = issuer,
                .frontend = frontend.isEmpty() ? settings.get<"http.allowed_origins">().value(0) : frontend,
                .docs = settings.get<"http.docs">(),
                .bodyLimit = settings.get<"http.max_body_bytes">(),
                .freshFor = settings.get<"sessions.fresh_for">(),
                .strictTransport = servesTls(settings)};
    }
};

} // namespace warder
