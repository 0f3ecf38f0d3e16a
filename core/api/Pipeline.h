#pragma once

#include "core/api/AddressWatch.h"
#include "core/api/ApiContext.h"
#include "core/api/ApiResponse.h"
#include "core/api/Caller.h"
#include "core/api/HttpOptions.h"
#include "core/api/RequestRecord.h"
#include "core/api/Route.h"
#include "core/api/RouteFinder.h"
#include "core/api/RouteTable.h"
#include "core/api/Routes.h"
#include "core/api/Services.h"
#include "core/api/filters/AnswerHeaders.h"
#include "core/api/filters/Cookies.h"
#include "core/api/filters/Origins.h"
#include "core/api/filters/RequestLimits.h"
#include "core/api/filters/RouteCallers.h"
#include "core/api/filters/ServiceClients.h"
#include "core/net/HttpHandler.h"
#include "core/net/HttpRequest.h"
#include "core/net/PendingAnswer.h"

#include <functional>
#include <memory>
#include <optional>

namespace warder {

struct Exchange;

/// The one way of a request: id → client → route → block → body and query → limit (and its wait) → CSRF → credentials → screening → lane →
/// endpoint → finish. Whatever happens, finish() runs once: headers, log line, statistics. Shared by all HTTP threads; holds nothing of a
/// request.
/// Owned by a shared pointer, which a request that is worked on shares.
class Pipeline final : public HttpHandler, public std::enable_shared_from_this<Pipeline>
{
public:
    using MakeRoutes = std::function<QList<Route>(const ApiContext &)>;

    /// Throws std::logic_error, which names the route, for a table that cannot be served: see RouteTable and
    /// RouteCallers::checkServable(). All are mistakes of the program, which its first start shows.
    Pipeline(const Services &services, const HttpOptions &options, const MakeRoutes &makeRoutes = publicRoutes,
             const CallerSources &sources = {});
    ~Pipeline() override;

    void handle(HttpRequest request, PendingAnswer pending) override;
    void noteRefusal(int status) override;
    QHttpHeaders refusalHeaders(const Asker &asker, bool secure) const override;
    qint64 bodyLimit(const RequestHead &head, qint64 standard) const override;
    void noteHidingProxy(const QString &proxy, const QString &how) override;

    const RouteTable &routes() const { return m_routes; }

private:
    Result<void> checkOpen(const Exchange &exchange) const;
    std::optional<ApiResponse> answerOptions(const Exchange &exchange) const;
    static void read(Exchange &exchange, const HttpRequest &request);
    void wait(const std::shared_ptr<Exchange> &exchange) const;
    void goOn(const std::shared_ptr<Exchange> &exchange) const;
    Result<void> admit(Exchange &exchange) const;
    void screen(const std::shared_ptr<Exchange> &exchange) const;
    void run(const std::shared_ptr<Exchange> &exchange) const;
    static Result<ApiResponse> runHandler(const Exchange &exchange);
    void finish(Exchange &exchange, Result<ApiResponse> result) const;
    void finishBusy(Exchange &exchange) const;

    const HttpOptions m_options;
    const Origins m_origins;
    const Cookies m_cookies;
    const ApiContext m_api;
    const RouteTable m_routes;
    const RouteFinder m_finder;
    ServiceClients m_serviceClients;
    AddressWatch m_watch;
    const RouteCallers m_callers;
    const RequestLimits m_limits;
    const AnswerHeaders m_headers;
    const RequestRecord m_record;
};

} // namespace warder
