#include "core/api/RouteFinder.h"

#include "core/api/Exchange.h"
#include "core/net/HttpRequest.h"
#include "core/net/gate/RequestHead.h"

#include <algorithm>

namespace warder {
namespace {

/// For a route that reads no body, or a token at most.
constexpr qint64 littleBody = 8 * 1024;

} // namespace

Result<void> RouteFinder::find(Exchange &exchange, const HttpRequest &request) const
{
    if (!request.path.startsWith(m_options.basePath + '/'))
        return refused(ErrorCode::RouteNotFound);
    exchange.call.path = request.path.sliced(m_options.basePath.size());
    exchange.match = m_table.find(request.method, exchange.call.path);
    if (exchange.match.allowed.isEmpty() && request.method == HttpMethod::Options && exchange.call.path.endsWith('/'))
        exchange.match = m_table.find(request.method, exchange.call.path.chopped(1)); // a preflight follows no redirect
    exchange.call.placeholders = exchange.match.placeholders;
    if (exchange.match.allowed.isEmpty())
        return refused(ErrorCode::RouteNotFound);
    if (!exchange.match.route && request.method != HttpMethod::Options)
        return refused(ErrorCode::MethodNotAllowed);
    return {};
}

/// FastAPI answers the other spelling of a path so, and its clients follow. Not where something would be deleted: an empty id
/// must not name what is above it.
Result<ApiResponse> RouteFinder::redirectOr(const Error &refusal, const HttpRequest &request) const
{
    const bool isBase = !m_options.basePath.isEmpty() && request.path == m_options.basePath;
    const QByteArray other = isBase ? request.path + '/' : request.path.chopped(1);
    const bool isKnown = (isBase || request.path.endsWith('/')) && other.startsWith(m_options.basePath + '/')
                         && !m_table.find(request.method, other.sliced(m_options.basePath.size())).allowed.isEmpty();
    if (refusal.code != ErrorCode::RouteNotFound || !isKnown || request.method == HttpMethod::Delete)
        return std::unexpected(refusal);
    return ApiResponse::redirect(307, request.query.isEmpty() ? other : other + '?' + request.query);
}

qint64 RouteFinder::bodyLimit(const RequestHead &head) const
{
    const QByteArrayView path(head.path().data(), qsizetype(head.path().size()));
    const auto method = methodFromName({head.method.data(), qsizetype(head.method.size())});
    if (!method || !path.startsWith(m_options.basePath))
        return m_options.bodyLimit;
    const Route *route = m_table.find(*method, path.sliced(m_options.basePath.size()).toByteArray()).route;
    const bool carriesLittle = route && (route->body == Body::None || route->body == Body::Optional || route->body == Body::Beacon);
    return carriesLittle ? std::min(littleBody, m_options.bodyLimit) : m_options.bodyLimit;
}

} // namespace warder
