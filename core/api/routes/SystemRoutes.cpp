#include "core/api/routes/RouteGroups.h"

#include "core/api/endpoints/Metadata.h"
#include "core/api/endpoints/System.h"
#include "core/api/routes/RouteParts.h"

using namespace Qt::StringLiterals;

namespace warder::routes {

QList<Route> system(const ApiContext &a)
{
    // clang-format off: what decides about a request stands in one line
    return {
        {Get, "/", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, aboutEndpoint),
         {.operation = u"about"_s, .summary = u"What this is, and where it is described"_s, .tag = u"System"_s, .answer = u"About"_s}},
        {Get, "/favicon.ico", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, iconEndpoint), {}, "public, max-age=86400"},
        {Get, "/.well-known/jwks.json", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, jwksEndpoint),
         {.operation = u"jwks"_s, .summary = u"Public keys that verify access tokens"_s, .tag = u"System"_s, .answer = u"Jwks"_s},
         "public, max-age=300"},
        {Get, "/health/live", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, liveEndpoint),
         {.operation = u"live"_s, .summary = u"The process runs"_s, .tag = u"System"_s, .answer = u"Health"_s}},
        {Get, "/health/ready", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, readyEndpoint),
         {.operation = u"ready"_s, .summary = u"Requests can be served"_s, .tag = u"System"_s, .answer = u"Health"_s, .refusals = {503}}},
        {Get, "/metrics", Access::Anyone, Lane::Light, Body::None, Csrf::None, {}, on(a, metricsEndpoint),
         {.operation = u"metrics"_s, .summary = u"Numbers for Prometheus: from this machine, or with metrics.token"_s, .tag = u"System"_s,
          .answer = u"text"_s, .refusals = {401}}},
    };
    // clang-format on
}

QList<Route> metadata(const ApiContext &a)
{
    if (publicUrlOf(a.options).isEmpty())
        return {};
    const RouteDoc doc {.operation = u"metadata"_s,
                        .summary = u"What a framework asks of an issuer (RFC 8414)"_s,
                        .tag = u"System"_s,
                        .answer = u"ServerMetadata"_s};
    RouteDoc alias = doc;
    alias.operation = u"openidConfiguration"_s;
    const Handler metadata = on(a, metadataEndpoint);
    // clang-format off: what decides about a request stands in one line
    return {{Get, "/.well-known/oauth-authorization-server", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, metadata, doc,
             "public, max-age=300"},
            {Get, "/.well-known/openid-configuration", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, metadata, alias,
             "public, max-age=300"}};
    // clang-format on
}

QList<Route> docs(const ApiContext &a, const QByteArray &description)
{
    const Handler tellDescription = [description](const Call &) { return ApiResponse::bytes("application/json", description); };
    // clang-format off: what decides about a request stands in one line
    return {{Get, "/docs", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, docsEndpoint), {}, "public, max-age=3600"},
            {Get, "/docs/{file}", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, docsFileEndpoint), {}, "public, max-age=3600"},
            {Get, "/openapi.json", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, tellDescription, {},
             "public, max-age=300"}};
    // clang-format on
}

} // namespace warder::routes
