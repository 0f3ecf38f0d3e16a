#include "core/api/endpoints/System.h"

#include "core/accounts/Accounts.h"
#include "core/api/endpoints/Metrics.h"
#include "core/api/filters/Authorization.h"
#include "core/api/filters/Hosts.h"
#include "core/crypto/Primitives.h"
#include "core/telemetry/Health.h"
#include "core/tokens/SigningKeys.h"

#include <QFile>
#include <QJsonArray>

#include <mutex>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The page runs our own scripts only; Swagger UI sets styles by attribute.
constexpr auto docsPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Asked by a program of this machine for this machine: not through a proxy, nor by a page whose name was made to point here.
bool isForThisMachine(const Call &call)
{
    return call.isLocal && Hosts::isLoopback(call.headers.value(QHttpHeaders::WellKnownHeader::Host));
}

/// A resource, unpacked once and not for every request: the largest takes milliseconds.
class StaticFile final
{
public:
    StaticFile(const QString &path, const QByteArray &type) : m_path(path), m_type(type) {}

    ApiResponse response() const
    {
        std::call_once(m_read, [this] {
            QFile source(m_path);
            if (source.open(QIODevice::ReadOnly))
                m_body = source.readAll();
        });
        ApiResponse response = ApiResponse::bytes(m_type, m_body);
        response.headers.append(QHttpHeaders::WellKnownHeader::ContentSecurityPolicy, docsPolicy);
        return response;
    }

private:
    const QString m_path;
    const QByteArray m_type;
    mutable std::once_flag m_read;
    mutable QByteArray m_body;
};

/// Only their codes: anybody may ask, and the particulars name places of this machine.
QJsonObject withProblems(QJsonObject health, const QList<Problem> &problems)
{
    QJsonArray codes;
    for (const Problem &problem : problems)
        codes += problem.code;
    if (!codes.isEmpty())
        health.insert("problems"_L1, codes);
    return health;
}

QString reasonOf(const QString &code)
{
    if (code == "disk_full"_L1)
        return u"the disk is full"_s;
    if (code == "database_locked"_L1)
        return u"another process holds the database"_s;
    return u"the database cannot be written"_s;
}

ApiResponse unready(const QString &reason, const QList<Problem> &problems)
{
    return ApiResponse::json(503, withProblems({{u"status"_s, u"unavailable"_s}, {u"reason"_s, reason}}, problems));
}

} // namespace

Result<ApiResponse> jwksEndpoint(const ApiContext &api, const Call &call)
{
    const auto ring = api.keys.ring();
    api.keys.consumers().note(call.client.address, call.client.userAgent, ring->published(call.now), call.now);
    return ApiResponse::json(200, ring->jwks(call.now));
}

Result<ApiResponse> liveEndpoint(const ApiContext &, const Call &) { return ApiResponse::json(200, {{u"status"_s, u"ok"_s}}); }

Result<ApiResponse> readyEndpoint(const ApiContext &api, const Call &)
{
    const QList<Problem> problems = api.health.problems();
    if (api.paused)
        return unready(u"the server is paused"_s, problems);
    if (!problems.isEmpty() && problems.first().down)
        return unready(reasonOf(problems.first().code), problems);
    const auto probe = api.accounts.findById(Id {});
    if (!probe && probe.error().code != ErrorCode::NotFound)
        return unready(u"the database does not answer"_s, problems);
    return ApiResponse::json(200, withProblems({{u"status"_s, u"ok"_s}}, problems));
}

Result<ApiResponse> metricsEndpoint(const ApiContext &api, const Call &call)
{
    const QByteArray expected = api.options.metricsToken.toUtf8();
    const bool mayRead =
        expected.isEmpty() ? isForThisMachine(call) : equalInConstantTime(bearerOf(call.headers).value_or(QByteArray()), expected);
    if (!mayRead)
        return refused(ErrorCode::NotAuthenticated, u"metrics.token is asked for"_s);
    return ApiResponse::bytes("text/plain; version=0.0.4; charset=utf-8", metricsText(api, call.now));
}

Result<ApiResponse> iconEndpoint(const ApiContext &, const Call &)
{
    static const StaticFile icon(u":/warder/web/warder.svg"_s, "image/svg+xml");
    return icon.response();
}

Result<ApiResponse> docsEndpoint(const ApiContext &, const Call &)
{
    static const StaticFile page(u":/warder/docs/index.html"_s, "text/html; charset=utf-8");
    return page.response();
}

Result<ApiResponse> docsFileEndpoint(const ApiContext &, const Call &call)
{
    static const StaticFile bundle(u":/warder/docs/swagger-ui/swagger-ui-bundle.js"_s, "text/javascript; charset=utf-8");
    static const StaticFile style(u":/warder/docs/swagger-ui/swagger-ui.css"_s, "text/css; charset=utf-8");
    static const StaticFile start(u":/warder/docs/start.js"_s, "text/javascript; charset=utf-8");
    static const QHash<QString, const StaticFile *> files {
        {u"swagger-ui-bundle.js"_s, &bundle}, {u"swagger-ui.css"_s, &style}, {u"start.js"_s, &start}};
    const auto *found = files.value(call.inPath("file"));
    return found ? Result<ApiResponse>(found->response()) : refused(ErrorCode::RouteNotFound);
}

} // namespace warder
