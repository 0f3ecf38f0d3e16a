#include "core/http/endpoints/System.h"

#include "core/accounts/AccountService.h"
#include "core/crypto/Primitives.h"
#include "core/http/endpoints/Metrics.h"
#include "core/tokens/Jwks.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The page runs our own scripts only; Swagger UI sets styles by attribute.
constexpr auto docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
                            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

Result<Reply> file(const QString &path, const QByteArray &type)
{
    QFile source(path);
    if (!source.open(QIODevice::ReadOnly))
        return refused(ErrorCode::RouteNotFound);
    Reply reply = Reply::bytes(type, source.readAll());
    reply.headers.append(QHttpHeaders::WellKnownHeader::ContentSecurityPolicy, docsPolicy);
    return reply;
}

} // namespace

Handler jwksEndpoint(const Services &services)
{
    return [&services](const Call &call) -> Result<Reply> { return Reply::json(200, jwksOf(*services.keys.ring(), call.now)); };
}

Handler liveEndpoint()
{
    return [](const Call &) -> Result<Reply> { return Reply::json(200, {{u"status"_s, u"ok"_s}}); };
}

Handler readyEndpoint(const Services &services)
{
    return [&services](const Call &) -> Result<Reply> {
        if (services.paused)
            return Reply::json(503, {{u"status"_s, u"unavailable"_s}, {u"reason"_s, u"the server is paused"_s}});
        const auto probe = services.accounts.findById(Id {});
        if (!probe && probe.error().code != ErrorCode::NotFound)
            return Reply::json(503, {{u"status"_s, u"unavailable"_s}, {u"reason"_s, u"the database does not answer"_s}});
        return Reply::json(200, {{u"status"_s, u"ok"_s}});
    };
}

Handler metricsEndpoint(const Services &services, const HttpOptions &options)
{
    return [&services, &options](const Call &call) -> Result<Reply> {
        const QByteArray expected = "Bearer " + options.metricsToken.toUtf8();
        const bool byToken = !options.metricsToken.isEmpty() && equalInConstantTime(call.headers.value(QHttpHeaders::WellKnownHeader::Authorization), expected);
        if (!byToken && !(options.metricsToken.isEmpty() && call.isLocal))
            return refused(ErrorCode::NotAuthenticated, u"metrics.token is asked for"_s);
        return Reply::bytes("text/plain; version=0.0.4; charset=utf-8", metricsText(services, call.now));
    };
}

Handler openApiEndpoint(const QByteArray &description)
{
    return [description](const Call &) -> Result<Reply> { return Reply::bytes("application/json", description); };
}

Handler docsEndpoint()
{
    return [](const Call &) { return file(u":/warder/docs/index.html"_s, "text/html; charset=utf-8"); };
}

Handler docsFileEndpoint()
{
    return [](const Call &call) -> Result<Reply> {
        static const QHash<QString, std::pair<QString, QByteArray>> files {
            {u"swagger-ui-bundle.js"_s, {u":/warder/docs/swagger-ui/swagger-ui-bundle.js"_s, "text/javascript; charset=utf-8"}},
            {u"swagger-ui.css"_s, {u":/warder/docs/swagger-ui/swagger-ui.css"_s, "text/css; charset=utf-8"}},
            {u"start.js"_s, {u":/warder/docs/start.js"_s, "text/javascript; charset=utf-8"}},
        };
        const auto found = files.constFind(call.id);
        return found == files.cend() ? Result<Reply>(refused(ErrorCode::RouteNotFound)) : file(found->first, found->second);
    };
}

} // namespace warder
