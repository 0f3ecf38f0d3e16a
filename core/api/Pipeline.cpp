#include "core/api/Pipeline.h"

#include "core/accounts/EmailAddress.h"
#include "core/api/HttpOptions.h"
#include "core/api/body/BodyReader.h"
#include "core/api/body/QueryReader.h"
#include "core/api/filters/Authorization.h"
#include "core/api/filters/CsrfFilter.h"
#include "core/base/Id.h"
#include "core/base/Text.h"
#include "core/net/gate/RequestHead.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/FormerTokens.h"
#include "core/sessions/Sessions.h"
#include "core/signin/LoginThrottle.h"
#include "core/telemetry/Log.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/VerifiedTokens.h"

#include <memory>
#include <stdexcept>
#include <string>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestUserAgent = 512;
constexpr Seconds whilePaused {10};

/// For a route that reads no body, or a token at most.
constexpr qint64 littleBody = 8 * 1024;

/// Two years and the names below ours, as the lists of browsers ask for.
constexpr auto strictTransport = "max-age=63072000; includeSubDomains";
using Known = QHttpHeaders::WellKnownHeader;

/// On one line, without what would turn it round.
QString userAgentOf(const QHttpHeaders &headers)
{
    const QString given = QString::fromUtf8(headers.value(Known::UserAgent)).left(longestUserAgent).replace(u'\t', u' ');
    if (std::ranges::all_of(given, [](QChar c) { return c >= u' ' && c <= u'~'; }))
        return given;
    QString text;
    for (const uint character : given.toUcs4()) {
        if (isPlain(character))
            text += QString::fromUcs4(reinterpret_cast<const char32_t *>(&character), 1);
    }
    return text;
}

/// The client's own id when it is short and plain, so that a request can be followed through several servers.
QString requestIdOf(const QHttpHeaders &headers, TimePoint now)
{
    const QByteArrayView given = headers.value("X-Request-Id");
    const bool plain =
        std::ranges::all_of(given, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.'; });
    return !given.isEmpty() && given.size() <= 64 && plain ? QString::fromLatin1(given) : Id::create(now).toString();
}

/// A mistake in the table would let somebody in, or nobody.
void checkServable(const QList<Route> &routes, const CallerSources &sources)
{
    const auto refuseIf = [](bool isBad, const Route &route, const std::string &why) {
        if (isBad)
            throw std::logic_error("route " + route.path.toStdString() + ": " + why);
    };
    for (const Route &route : routes) {
        const bool isPending = route.access == Access::Pending;
        const bool isClient = route.access == Access::Client;
        refuseIf((isPending && !sources.pending) || (isClient && !sources.client), route, "nobody checks the callers that it asks for");
        refuseIf((isPending || isClient) && route.method != HttpMethod::Get && route.csrf != Csrf::Origin, route,
                 "browsers send such credentials by themselves, so it needs Csrf::Origin");
    }
}

/// The account that a body speaks of, as the limiter counts it.
QString accountKeyOf(const QJsonObject &fields)
{
    return EmailAddress::countedName(fields.value(fields.contains("email"_L1) ? "email"_L1 : "username"_L1).toString());
}

} // namespace

struct Pipeline::Exchange
{
    Call call;
    RouteTable::Match match = {};
    RateDecision decision = {};
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    PendingAnswer pending;
    std::shared_ptr<const Pipeline> pipeline; ///< A reload may have replaced it meanwhile.
};

Pipeline::Pipeline(const Services &services, const HttpOptions &options, const MakeRoutes &makeRoutes, const CallerSources &sources)
    : m_options(options), m_origins(options.allowedOrigins, options.hosts),
      m_cookies(options.cookiePrefix, options.cookiesInsecure, services.refreshTokens), m_api(services, m_options, m_cookies),
      m_routes(makeRoutes(m_api)), m_sources(sources)
{
    checkServable(m_routes.routes(), sources);
}

Pipeline::~Pipeline() = default;

qint64 Pipeline::bodyLimit(const RequestHead &head, qint64) const
{
    const QByteArrayView path(head.path().data(), qsizetype(head.path().size()));
    const auto method = methodFromName({head.method.data(), qsizetype(head.method.size())});
    if (!method || !path.startsWith(m_options.basePath))
        return m_options.bodyLimit;
    const Route *route = m_routes.find(*method, path.sliced(m_options.basePath.size()).toByteArray()).route;
    const bool carriesLittle = route && (route->body == Body::None || route->body == Body::Optional || route->body == Body::Beacon);
    return carriesLittle ? std::min(littleBody, m_options.bodyLimit) : m_options.bodyLimit;
}

void Pipeline::handle(HttpRequest request, PendingAnswer pending)
{
    const TimePoint now = m_api.clock.now();
    auto exchange =
        std::make_shared<Exchange>(Exchange {.call = {.requestId = requestIdOf(request.headers, now),
                                                      .method = request.method,
                                                      .path = request.path,
                                                      .cookies = cookiesOf(request.headers),
                                                      .client = {.address = request.client, .userAgent = userAgentOf(request.headers)},
                                                      .secure = request.secure,
                                                      .isLocal = request.client.isLoopback() && !request.forwarded,
                                                      .now = now},
                                             .pending = std::move(pending),
                                             .pipeline = shared_from_this()});
    exchange->call.headers = std::move(request.headers);
    if (const auto found = find(*exchange, request); !found)
        return finish(*exchange, redirectOr(found.error(), request));
    if (auto options = answerOptions(*exchange))
        return finish(*exchange, std::move(*options));
    if (const auto open = checkOpen(*exchange); !open)
        return finish(*exchange, refused(open));
    if (const auto admitted = admit(*exchange, request); !admitted)
        return finish(*exchange, refused(admitted));
    const bool taken = m_api.lanes.run(exchange->match.route->lane, [this, exchange] { finish(*exchange, runHandler(*exchange)); });
    if (!taken)
        finish(*exchange, std::unexpected(Error {.code = ErrorCode::Busy, .detail = u"the lane is full"_s, .retryAfter = Seconds {1}}));
}

Result<void> Pipeline::find(Exchange &exchange, const HttpRequest &request) const
{
    if (!request.path.startsWith(m_options.basePath + '/'))
        return refused(ErrorCode::RouteNotFound);
    exchange.call.path = request.path.sliced(m_options.basePath.size());
    exchange.match = m_routes.find(request.method, exchange.call.path);
    if (exchange.match.allowed.isEmpty() && request.method == HttpMethod::Options && exchange.call.path.endsWith('/'))
        exchange.match = m_routes.find(request.method, exchange.call.path.chopped(1)); // a preflight follows no redirect
    exchange.call.placeholders = exchange.match.placeholders;
    if (exchange.match.allowed.isEmpty())
        return refused(ErrorCode::RouteNotFound);
    if (!exchange.match.route && request.method != HttpMethod::Options)
        return refused(ErrorCode::MethodNotAllowed);
    return {};
}

/// FastAPI answers the other spelling of a path so, and its clients follow. Not where something would be deleted: an empty id
/// must not name what is above it.
Result<ApiResponse> Pipeline::redirectOr(const Error &refusal, const HttpRequest &request) const
{
    const bool isBase = !m_options.basePath.isEmpty() && request.path == m_options.basePath;
    const QByteArray other = isBase ? request.path + '/' : request.path.chopped(1);
    const bool isKnown = (isBase || request.path.endsWith('/')) && other.startsWith(m_options.basePath + '/')
                         && !m_routes.find(request.method, other.sliced(m_options.basePath.size())).allowed.isEmpty();
    if (refusal.code != ErrorCode::RouteNotFound || !isKnown || request.method == HttpMethod::Delete)
        return std::unexpected(refusal);
    return ApiResponse::redirect(307, request.query.isEmpty() ? other : other + '?' + request.query);
}

Result<void> Pipeline::checkOpen(const Exchange &exchange) const
{
    if (!m_api.paused || exchange.call.path.startsWith("/health/"))
        return {};
    return std::unexpected(Error {.code = ErrorCode::Busy, .detail = u"the server is paused"_s, .retryAfter = whilePaused});
}

std::optional<ApiResponse> Pipeline::answerOptions(const Exchange &exchange) const
{
    if (exchange.call.method != HttpMethod::Options)
        return std::nullopt;
    ApiResponse response = ApiResponse::noContent();
    response.headers.append(Known::Allow, exchange.match.allowed);
    if (exchange.call.headers.contains(Known::AccessControlRequestMethod))
        m_origins.addPreflightTo(response.headers, exchange.call.headers, exchange.match.allowed);
    return response;
}

Result<void> Pipeline::admit(Exchange &exchange, const HttpRequest &request) const
{
    const Route &route = *exchange.match.route;
    auto fields = readBody(route.body, exchange.call.headers, request.body);
    if (fields)
        exchange.call.fields = std::move(*fields);
    auto query = route.doc.query.isEmpty() ? QJsonObject() : readQuery(request.query);
    if (query)
        exchange.call.query = std::move(*query);
    if (const auto within = limit(exchange); !within) // before the body's faults: malformed tries count as well
        return within;
    if (const auto checked = checkCsrf(route, exchange.call, m_origins, m_api); !checked)
        return checked;
    const bool lacksTicket = route.access == Access::Pending && !fields; // it may have been in the body
    auto caller = lacksTicket ? Caller() : callerOf(route.access, exchange.call);
    if (!caller)
        return refused(caller);
    exchange.call.caller = *std::move(caller);
    if (!fields)
        return refused(fields);
    if (!query)
        return refused(query);
    return {};
}

Result<void> Pipeline::limit(Exchange &exchange) const
{
    const Route &route = *exchange.match.route;
    if (route.limit.isEmpty())
        return {};
    const Call &call = exchange.call;
    RateSubject subject {.address = call.client.address, .accountKey = accountKeyOf(call.fields)};
    const QString inBody = call.fields.value("refresh_token"_L1).toString();
    if (const auto claim = m_api.refreshTokens.verify(inBody.isEmpty() ? m_cookies.refreshOf(call) : inBody.toUtf8(), call.now))
        subject.session = claim->session;
    const QByteArray tag = route.limit.toLatin1();
    exchange.decision = m_api.limiter.check(subject, QLatin1StringView(tag), call.now);
    if (!exchange.decision.allowed && tag == "login")
        noteDeniedGuess(subject, call.now);
    if (!exchange.decision.allowed)
        return std::unexpected(exchange.decision.error());
    return {};
}

void Pipeline::noteDeniedGuess(const RateSubject &subject, TimePoint now) const
{
    const auto seen = m_api.throttle.noteDenied(subject.address, subject.accountKey, now);
    if (seen) // recording waits for the writer, which an HTTP thread never does
        (void)m_api.lanes.run(Lane::Light, [&throttle = m_api.throttle, seen = *seen] { throttle.raise(seen); });
}

Result<Caller> Pipeline::callerOf(Access access, const Call &call) const
{
    switch (access) {
    case Access::Anyone:  return Caller();
    case Access::Pending: return m_sources.pending->callerOf(call);
    case Access::Session: return authenticate(call);
    case Access::Account: return authenticateAccount(call);
    case Access::Recent:  return authenticateRecently(call);
    case Access::Client:  return m_sources.client->callerOf(call);
    }
    Q_UNREACHABLE_RETURN({});
}

Result<Principal> Pipeline::authenticate(const Call &call) const
{
    const QByteArray token = accessTokenOf(call, m_cookies);
    if (token.isEmpty())
        return refused(ErrorCode::NotAuthenticated);
    return m_api.authenticator.authenticate(token, call.now);
}

Result<Caller> Pipeline::authenticateAccount(const Call &call) const
{
    const auto bearer = bearerOf(call.headers);
    if (!bearer || !m_api.formerTokens.mayBe(*bearer, call.now))
        return authenticate(call);
    return m_api.formerTokens.ownerOf(*bearer, call.now).transform([](const User &user) { return Caller(FormerCaller {user.id}); });
}

Result<Principal> Pipeline::authenticateRecently(const Call &call) const
{
    auto principal = authenticate(call);
    if (!principal)
        return principal;
    const auto session = m_api.sessions.findLive(principal->sessionId, call.now);
    if (!session)
        return refused(session);
    if (!*session)
        return refused(ErrorCode::InvalidToken, u"its session is not live"_s);
    const auto age = call.now - (*session)->authenticatedAt;
    if (std::chrono::abs(age) >= m_options.freshFor) // the clock may have been set back
        return refused(ErrorCode::ReauthenticationRequired);
    return principal;
}

Result<ApiResponse> Pipeline::runHandler(const Exchange &exchange)
{
    try {
        return exchange.match.route->handler(exchange.call);
    } catch (const std::exception &thrown) {
        return refused(ErrorCode::Internal, u"an endpoint threw: %1"_s.arg(QString::fromUtf8(thrown.what())));
    }
}

void Pipeline::finish(Exchange &exchange, Result<ApiResponse> result) const
{
    ApiResponse response = result ? std::move(*result) : ApiResponse::error(result.error());
    const Route *route = exchange.match.route;
    if (!route && !exchange.match.allowed.isEmpty() && !result)
        response.headers.append(Known::Allow, exchange.match.allowed);
    if (!result && result.error().code == ErrorCode::UnsupportedMediaType)
        response.headers.append(Known::Accept, mediaTypesOf(route->body));
    if (!result && response.status == 401 && route && route->access == Access::Client) // RFC 6749 §5.2: the scheme that was asked for
        response.headers.replaceOrAppend(Known::WWWAuthenticate, "Basic realm=\"Warder\"");
    response.headers.append("X-Request-Id", exchange.call.requestId.toLatin1());
    addSafetyTo(response.headers);
    addTransportTo(response.headers, exchange.call.headers.value(Known::Host), exchange.call.secure);
    if (!response.headers.contains(Known::CacheControl))
        response.headers.append(Known::CacheControl, route && result ? route->cacheControl : QByteArray("no-store"));
    m_origins.addTo(response.headers, exchange.call.headers);
    if (exchange.decision.hasRule()) {
        response.headers.append("RateLimit", exchange.decision.rateLimitHeader());
        response.headers.append("RateLimit-Policy", exchange.decision.rateLimitPolicyHeader());
    }
    note(exchange, response.status, result ? QString() : result.error().detail); // first: who has an answer finds it counted
    exchange.pending.answer({.status = response.status, .headers = std::move(response.headers), .body = std::move(response.body)});
}

/// A promise of TLS for "localhost" would hold for every other server of a developer's machine.
void Pipeline::addTransportTo(QHttpHeaders &headers, QByteArrayView host, bool secure) const
{
    if (m_options.strictTransport && secure && !host.isEmpty() && !Hosts::isLocalName(host))
        headers.append(Known::StrictTransportSecurity, strictTransport);
}

QHttpHeaders Pipeline::refusalHeaders(const Asker &asker, bool secure) const
{
    QHttpHeaders asked;
    QHttpHeaders headers;
    if (m_origins.isAllowed(asker.origin)) // or it may be bytes that are no header's value
        asked.append(Known::Origin, asker.origin);
    m_origins.addTo(headers, asked);
    addTransportTo(headers, asker.host, secure);
    return headers;
}

/// Counted among the requests, although no route ever saw it.
void Pipeline::noteRefusal(int status) { m_api.traffic.record(outcomeOf(status), {}, m_api.clock.now()); }

void Pipeline::note(const Exchange &exchange, int status, const QString &why) const
{
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - exchange.began);
    m_api.traffic.record(outcomeOf(status), duration, exchange.call.now);
    const auto level = status == 503 ? LogLevel::Warning : status >= 500 ? LogLevel::Error : LogLevel::Info;
    const Route *route = exchange.match.route;
    log(level, "request"_L1,
        {{"id"_L1, exchange.call.requestId},
         {"method"_L1, QString::fromLatin1(nameOf(exchange.call.method))},
         {"route"_L1, route ? QString::fromLatin1(route->path) : u"-"_s},
         {"status"_L1, status},
         {"us"_L1, qint64(duration.count())},
         {"client"_L1, exchange.call.client.address.toString()},
         {"why"_L1, why.isEmpty() ? u"-"_s : why}});
}

} // namespace warder
