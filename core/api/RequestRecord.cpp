#include "core/api/RequestRecord.h"

#include "core/api/AddressWatch.h"
#include "core/api/Exchange.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/telemetry/Log.h"
#include "core/telemetry/RecentRefusals.h"
#include "core/telemetry/TrafficStatistics.h"

using namespace Qt::StringLiterals;

namespace warder {

void RequestRecord::noteOutcome(const Exchange &exchange, const Result<ApiResponse> &result) const
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

void RequestRecord::noteAnswer(const Exchange &exchange, int status, const Error *refusal) const
{
    const QString why = refusal ? refusal->detail : QString();
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
    if (refusal)
        remember(exchange, status, *refusal);
}

void RequestRecord::remember(const Exchange &exchange, int status, const Error &refusal) const
{
    const Call &call = exchange.call;
    m_api.refusals.add({.id = call.requestId,
                        .at = call.now,
                        .method = QString::fromLatin1(nameOf(call.method)),
                        .route = exchange.match.route ? QString::fromLatin1(exchange.match.route->path) : QString(),
                        .status = status,
                        .code = refusal.code,
                        .why = refusal.detail,
                        .address = call.client.address.toString(),
                        .rule = exchange.decision.allowed ? QString() : exchange.decision.rule});
}

void RequestRecord::noteRefusal(int status) const { m_api.traffic.record(outcomeOf(status), {}, m_api.clock.now()); }

} // namespace warder
