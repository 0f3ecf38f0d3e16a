#include "core/api/Pipeline.h"

#include "core/api/CallReader.h"
#include "core/api/Exchange.h"
#include "core/api/Lanes.h"
#include "core/api/body/BodyReader.h"
#include "core/api/body/QueryReader.h"
#include "core/api/filters/CsrfFilter.h"

#include <exception>
#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Seconds whilePaused {10};

using Known = QHttpHeaders::WellKnownHeader;

/// What `work` throws is a fault of ours.
auto safely(const auto &work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception &thrown) {
        return refused(ErrorCode::Internal, u"an endpoint threw: %1"_s.arg(QString::fromUtf8(thrown.what())));
    }
}

} // namespace

Pipeline::Pipeline(const Services &services, const HttpOptions &options, const MakeRoutes &makeRoutes, const CallerSources &sources)
    : m_options(options), m_origins(options.allowedOrigins, options.hosts),
      m_cookies(options.cookiePrefix, options.cookiesInsecure, services.refreshTokens), m_api(services, m_options, m_cookies),
      m_routes(makeRoutes(m_api)), m_finder(m_routes, m_options), m_serviceClients(options.serviceToken, services.health),
      m_watch(services.health), m_callers(m_api, sources), m_limits(m_api, m_routes, m_callers), m_headers(m_options, m_origins, m_cookies),
      m_record(m_api, m_watch)
{
    m_callers.checkServable(m_routes.routes());
}

Pipeline::~Pipeline() = default;

qint64 Pipeline::bodyLimit(const RequestHead &head, qint64) const { return m_finder.bodyLimit(head); }

void Pipeline::handle(HttpRequest request, PendingAnswer pending)
{
    const TimePoint now = m_api.clock.now();
    m_serviceClients.resolve(request, now);
    if (request.claimed)
        m_watch.noteForwarded(request.peer, *request.claimed, now);
    auto exchange = std::make_shared<Exchange>(
        Exchange {.call = readCall(request, now), .pending = std::move(pending), .pipeline = shared_from_this()});
    const auto found = m_finder.find(*exchange, request);
    if (const auto mayAsk = m_limits.checkBlocked(exchange->call); !mayAsk)
        return finish(*exchange, refused(mayAsk));
    if (!found)
        return finish(*exchange, m_finder.redirectOr(found.error(), request));
    if (auto options = answerOptions(*exchange))
        return finish(*exchange, std::move(*options));
    if (const auto open = checkOpen(*exchange); !open)
        return finish(*exchange, refused(open));
    read(*exchange, request);
    if (const auto within = m_limits.check(*exchange); !within) // before the body's faults: malformed tries count as well
        return finish(*exchange, refused(within));
    if (exchange->decision.waitFirst > Milliseconds {0})
        return wait(exchange);
    goOn(exchange);
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
        exchange.caller = lacksTicket ? Caller() : m_callers.callerOf(route.access, exchange.call);
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
    m_record.noteOutcome(exchange, result);
    const Error *refusal = result ? nullptr : &result.error();
    ApiResponse response = result ? std::move(*result) : ApiResponse::error(result.error());
    m_headers.addTo(response, exchange, refusal);
    m_record.noteAnswer(exchange, response.status, refusal); // first: who has an answer finds it counted
    exchange.pending.answer({.status = response.status, .headers = std::move(response.headers), .body = std::move(response.body)});
}

QHttpHeaders Pipeline::refusalHeaders(const Asker &asker, bool secure) const { return m_headers.ofGate(asker, secure); }

void Pipeline::noteRefusal(int status) { m_record.noteRefusal(status); }

void Pipeline::noteHidingProxy(const QString &proxy, const QString &how) { m_watch.noteHidingProxy(proxy, how, m_api.clock.now()); }

} // namespace warder
