#include "core/api/Pipeline.h"

#include "core/accounts/EmailAddress.h"
#include "core/api/HttpOptions.h"
#include "core/api/body/BodyReader.h"
#include "core/api/body/QueryReader.h"
#include "core/api/filters/Authorization.h"
#include "core/api/filters/CsrfFilter.h"
#include "core/api/filters/SessionCallers.h"
#include "core/base/Id.h"
#include "core/base/Text.h"
#include "core/mail/MailLanguages.h"
#include "core/net/gate/RequestHead.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sessions/FormerTokens.h"
#include "core/signin/LoginThrottle.h"
#include "core/telemetry/Log.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/RefreshTokens.h"

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
        refuseIf(isClient && !sources.client, route, "nobody checks the callers that it asks for");
        refuseIf((isPending || isClient) && route.method != HttpMethod::Get && route.csrf != Csrf::Origin, route,
                 "browsers send such credentials by themselves, so it needs Csrf::Origin");
    }
}

/// What `work` throws is a fault of ours.
auto safely(const auto &work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception &thrown) {
        return refused(ErrorCode::Internal, u"an endpoint threw: %1"_s.arg(QString::fromUtf8(thrown.what())));
    }
}

/// The account that a body speaks of, as the limiter counts it.
QString accountKeyOf(const QJsonObject &fields)
{
    if (fields.isEmpty())
        return {};
    return EmailAddress::countedName(fields.value(fields.contains("email"_L1) ? "email"_L1 : "username"_L1).toString());
}

/// The limiter's number of each row.
std::vector<int> numbersOf(const QList<Route> &routes, RateLimiter &limiter)
{
    std::vector<int> numbers;
    for (const Route &route : routes)
        numbers.push_back(mayBeLimited(route) ? limiter.routeNumber(forLimits(route)) : -1);
    return numbers;
}

/// Whether such a row looks for a session by an access token.
bool wantsSession(Access access) { return access == Access::Session || access == Access::Account || access == Access::Recent; }

} // namespace

struct Pipeline::Exchange
{
    Call call;
    RouteTable::Match match = {};
    std::optional<Error> bodyFault = {}; ///< Told after the limit, the CSRF check and who asks; so is the next.
    std::optional<Error> queryFault = {};
    std::optional<Result<Caller>> caller = {}; ///< Once it was looked for.
    int routeNumber = -1;
    RateSubject subject = {};
    RateDecision decision = {};
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    PendingAnswer pending;
    std::shared_ptr<const Pipeline> pipeline; ///< A reload may have replaced it meanwhile.
};

Pipeline::Pipeline(const Services &services, const HttpOptions &options, const MakeRoutes &makeRoutes, const CallerSources &sources)
    : m_options(options), m_origins(options.allowedOrigins, options.hosts),
      m_cookies(options.cookiePrefix, options.cookiesInsecure, services.refreshTokens), m_api(services, m_options, m_cookies),
      m_routes(makeRoutes(m_api)), m_routeNumbers(numbersOf(m_routes.routes(), services.limiter)),
      m_serviceClients(options.serviceToken, services.health), m_watch(services.health), m_pending(services.pendingSignIns, m_cookies),
      m_sources({.pending = sources.pending ? sources.pending : &m_pending, .client = sources.client})
{
    checkServable(m_routes.routes(), m_sources);
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
    m_serviceClients.resolve(request, now);
    if (request.claimed)
        m_watch.noteForwarded(request.peer, *request.claimed, now);
    auto exchange = std::make_shared<Exchange>(
        Exchange {.call = {.requestId = requestIdOf(request.headers, now),
                           .method = request.method,
                           .path = request.path,
                           .cookies = cookiesOf(request.headers),
                           .client = {.address = request.client,
                                      .userAgent = userAgentOf(request.headers),
                                      .language = mail_languages::asked(request.headers.value(Known::AcceptLanguage))},
                           .secure = request.secure,
                           .isLocal = request.client.isLoopback() && !request.forwarded,
                           .now = now},
                  .pending = std::move(pending),
                  .pipeline = shared_from_this()});
    exchange->call.headers = std::move(request.headers);
    const auto found = find(*exchange, request);
    if (const auto mayAsk = checkBlocked(*exchange); !mayAsk)
        return finish(*exchange, refused(mayAsk));
    if (!found)
        return finish(*exchange, redirectOr(found.error(), request));
    if (auto options = answerOptions(*exchange))
        return finish(*exchange, std::move(*options));
    if (const auto open = checkOpen(*exchange); !open)
        return finish(*exchange, refused(open));
    read(*exchange, request);
    if (const auto within = limit(*exchange); !within) // before the body's faults: malformed tries count as well
        return finish(*exchange, refused(within));
    if (exchange->decision.waitFirst > Milliseconds {0})
        return wait(exchange);
    goOn(exchange);
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

/// Whoever watches the server may come from anywhere.
Result<void> Pipeline::checkBlocked(const Exchange &exchange) const
{
    if (exchange.call.path.startsWith("/health/") || !m_api.limiter.blocked(exchange.call.client.address, exchange.call.now))
        return {};
    return refused(ErrorCode::AddressBlocked, u"its network is blocked"_s);
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

void Pipeline::read(Exchange &exchange, const HttpRequest &request)
{
    const Route &route = *exchange.match.route;
    if (auto fields = readBody(route.body, exchange.call.headers, request.body))
        exchange.call.fields = std::move(*fields);
    else
        exchange.bodyFault = std::move(fields.error());
    if (route.doc.query.isEmpty())
        return;
    if (auto query = readQuery(request.query))
        exchange.call.query = std::move(*query);
    else
        exchange.queryFault = std::move(query.error());
}

Result<void> Pipeline::limit(Exchange &exchange) const
{
    const Call &call = exchange.call;
    exchange.routeNumber = m_routeNumbers[size_t(exchange.match.route - m_routes.routes().constData())];
    if (exchange.routeNumber < 0)
        return {};
    exchange.subject = {.address = call.client.address, .accountKey = accountKeyOf(call.fields), .session = sessionOf(exchange)};
    exchange.decision = m_api.limiter.check(exchange.subject, exchange.routeNumber, call.now);
    noteAlerts(exchange);
    if (exchange.decision.allowed)
        return {};
    if (exchange.match.route->limit == "login"_L1)
        noteDeniedGuess(exchange.subject, call.now);
    return std::unexpected(exchange.decision.error());
}

/// By the access token where the row wants one (what it says of the caller is told after the limit), else by a refresh token; null: none
/// that is good.
Id Pipeline::sessionOf(Exchange &exchange) const
{
    const Call &call = exchange.call;
    if (wantsSession(exchange.match.route->access)) {
        exchange.caller = callerOf(exchange.match.route->access, call);
        const Principal *principal = *exchange.caller ? std::get_if<Principal>(&**exchange.caller) : nullptr;
        return principal ? principal->sessionId : Id {};
    }
    const QString inBody = call.fields.value("refresh_token"_L1).toString();
    const QByteArray token = inBody.isEmpty() ? m_cookies.refreshOf(call) : inBody.toUtf8();
    if (token.isEmpty())
        return {};
    const auto claim = m_api.refreshTokens.verify(token, call.now);
    return claim ? claim->session : Id {};
}

void Pipeline::noteAlerts(const Exchange &exchange) const
{
    for (const QString &rule : exchange.decision.alerts) {
        const auto &[address, account, session] = exchange.subject;
        log(LogLevel::Warning, "limit_exceeded"_L1,
            {{"rule"_L1, rule},
             {"client"_L1, countedAddressText(address)},
             {"account"_L1, account.isEmpty() ? u"-"_s : account},
             {"session"_L1, session.isNull() ? u"-"_s : session.toString()}});
        m_api.throttle.noteExceeded(rule, address, account, exchange.call.now);
    }
}

void Pipeline::noteDeniedGuess(const RateSubject &subject, TimePoint now) const
{
    const auto seen = m_api.throttle.noteDenied(subject.address, subject.accountKey, now);
    if (!seen)
        return;
    // Recording waits for the writer, which an HTTP thread never does.
    if (!m_api.lanes.run(Lane::Light, [&throttle = m_api.throttle, seen = *seen] { throttle.raise(seen); }))
        m_api.throttle.retract(*seen);
}

Result<Caller> Pipeline::callerOf(Access access, const Call &call) const
{
    switch (access) {
    case Access::Anyone:  return Caller();
    case Access::Pending: return m_sources.pending->callerOf(call);
    case Access::Session: return sessionCallerOf(m_api, call);
    case Access::Account: return authenticateAccount(call);
    case Access::Recent:  return recentCallerOf(m_api, call);
    case Access::Client:  return m_sources.client->callerOf(call);
    }
    Q_UNREACHABLE_RETURN({});
}

Result<Caller> Pipeline::authenticateAccount(const Call &call) const
{
    const auto bearer = bearerOf(call.headers);
    if (!bearer || !m_api.formerTokens.mayBe(*bearer, call.now))
        return sessionCallerOf(m_api, call);
    return m_api.formerTokens.ownerOf(*bearer, call.now).transform([](const User &user) { return Caller(FormerCaller {user.id}); });
}

/// Holds no thread meanwhile; whoever comes when too many wait is refused instead.
void Pipeline::wait(const std::shared_ptr<Exchange> &exchange) const
{
    const bool waits = m_api.lanes.runAfter(exchange->decision.waitFirst, [this, exchange] {
        const bool taken = m_api.lanes.run(Lane::Light, [this, exchange] {
            exchange->call.now = m_api.clock.now();
            exchange->caller.reset(); // their session may have ended meanwhile
            goOn(exchange);
        });
        if (!taken)
            finishBusy(*exchange);
    });
    if (!waits) // the limit let it through, and it is counted so: too many others wait
        finishBusy(*exchange);
}

void Pipeline::goOn(const std::shared_ptr<Exchange> &exchange) const
{
    if (const auto admitted = admit(*exchange); !admitted)
        return finish(*exchange, refused(admitted));
    const bool isScreened = exchange->match.route->screening && m_api.lanes.run(Lane::Outbound, [this, exchange] { screen(exchange); });
    if (!isScreened)
        run(exchange);
}

Result<void> Pipeline::admit(Exchange &exchange) const
{
    const Route &route = *exchange.match.route;
    if (const auto checked = checkCsrf(route, exchange.call, m_origins, m_api); !checked)
        return checked;
    const bool lacksTicket = route.access == Access::Pending && exchange.bodyFault; // it may have been in the body
    if (!exchange.caller)
        exchange.caller = lacksTicket ? Caller() : callerOf(route.access, exchange.call);
    if (!*exchange.caller)
        return refused(*exchange.caller);
    exchange.call.caller = std::move(**exchange.caller);
    if (exchange.bodyFault)
        return std::unexpected(*exchange.bodyFault);
    if (exchange.queryFault)
        return std::unexpected(*exchange.queryFault);
    return {};
}

void Pipeline::screen(const std::shared_ptr<Exchange> &exchange) const
{
    const auto passed = safely([&] { return exchange->match.route->screening(exchange->call); });
    if (!passed)
        return finish(*exchange, refused(passed));
    run(exchange);
}

void Pipeline::run(const std::shared_ptr<Exchange> &exchange) const
{
    const bool taken = m_api.lanes.run(exchange->match.route->lane, [this, exchange] { finish(*exchange, runHandler(*exchange)); });
    if (!taken)
        finishBusy(*exchange);
}

void Pipeline::finishBusy(Exchange &exchange) const
{
    finish(exchange, std::unexpected(Error {.code = ErrorCode::Busy, .detail = u"the lane is full"_s, .retryAfter = Seconds {1}}));
}

Result<ApiResponse> Pipeline::runHandler(const Exchange &exchange)
{
    return safely([&] { return exchange.match.route->handler(exchange.call); });
}

void Pipeline::finish(Exchange &exchange, Result<ApiResponse> result) const
{
    noteOutcome(exchange, result);
    ApiResponse response = result ? std::move(*result) : ApiResponse::error(result.error());
    const Route *route = exchange.match.route;
    if (!route && !exchange.match.allowed.isEmpty() && !result)
        response.headers.append(Known::Allow, exchange.match.allowed);
    if (!result && result.error().code == ErrorCode::UnsupportedMediaType)
        response.headers.append(Known::Accept, mediaTypesOf(route->body));
    if (!result && response.status == 401 && route && route->access == Access::Client) // RFC 6749 §5.2: the scheme that was asked for
        response.headers.replaceOrAppend(Known::WWWAuthenticate, "Basic realm=\"Warder\"");
    if (!result && response.status == 401 && route && route->access == Access::Pending && !m_cookies.ticketOf(exchange.call).isEmpty())
        m_cookies.clearTicketOn(response); // it is over: the person signs in anew
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

/// What a request meant that the limiter let through: to the record of *What if*, and to the watch over addresses.
void Pipeline::noteOutcome(const Exchange &exchange, const Result<ApiResponse> &result) const
{
    if (exchange.routeNumber < 0 || !exchange.decision.allowed)
        return;
    const QString &group = exchange.match.route->limit;
    const bool succeeded = result && result->status < 300;
    const bool failed = !result && result.error().code == ErrorCode::InvalidCredentials;
    const bool isRight = succeeded || (result && result->status == statusOf(ErrorCode::MfaRequired));
    const RateSubject &subject = exchange.subject;
    if (group == "login"_L1 && (isRight || failed))
        m_api.limiter.noteSignIn(subject, exchange.routeNumber, isRight, exchange.call.now);
    if (succeeded && (group == "login"_L1 || group == "refresh"_L1))
        m_watch.noteSignIn(subject.address, exchange.call.client.userAgent, qHashMulti(0, subject.accountKey, subject.session),
                           exchange.call.now);
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

void Pipeline::noteHidingProxy(const QString &proxy, const QString &how) { m_watch.noteHidingProxy(proxy, how, m_api.clock.now()); }

void Pipeline::note(const Exchange &exchange, int status, const QString &why) const
{
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - exchange.began);
    m_api.traffic.record(outcomeOf(status), duration, exchange.call.now);
    const auto level = status == 503 || status == 502 ? LogLevel::Warning : status >= 500 ? LogLevel::Error : LogLevel::Info;
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
