#include "core/api/filters/RequestLimits.h"

#include "core/accounts/EmailAddress.h"
#include "core/api/Exchange.h"
#include "core/api/Lanes.h"
#include "core/api/Routes.h"
#include "core/api/filters/RouteCallers.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/signin/LoginThrottle.h"
#include "core/telemetry/Log.h"
#include "core/tokens/RefreshTokens.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

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

} // namespace

RequestLimits::RequestLimits(const ApiContext &api, const RouteTable &routes, const RouteCallers &callers)
    : m_api(api), m_routes(routes), m_callers(callers), m_numbers(numbersOf(routes.routes(), api.limiter))
{}

Result<void> RequestLimits::checkBlocked(const Call &call) const
{
    if (call.path.startsWith("/health/") || !m_api.limiter.blocked(call.client.address, call.now))
        return {};
    return refused(ErrorCode::AddressBlocked, u"its network is blocked"_s);
}

Result<void> RequestLimits::check(Exchange &exchange) const
{
    const Call &call = exchange.call;
    exchange.routeNumber = m_numbers[size_t(exchange.match.route - m_routes.routes().constData())];
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
Id RequestLimits::sessionOf(Exchange &exchange) const
{
    const Call &call = exchange.call;
    if (wantsSession(exchange.match.route->access)) {
        exchange.caller = m_callers.callerOf(exchange.match.route->access, call);
        const Principal *principal = *exchange.caller ? std::get_if<Principal>(&**exchange.caller) : nullptr;
        return principal ? principal->sessionId : Id {};
    }
    const QString inBody = call.fields.value("refresh_token"_L1).toString();
    const QByteArray token = inBody.isEmpty() ? m_api.cookies.refreshOf(call) : inBody.toUtf8();
    if (token.isEmpty())
        return {};
    const auto claim = m_api.refreshTokens.verify(token, call.now);
    return claim ? claim->session : Id {};
}

void RequestLimits::noteAlerts(const Exchange &exchange) const
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

void RequestLimits::noteDeniedGuess(const RateSubject &subject, TimePoint now) const
{
    const auto seen = m_api.throttle.noteDenied(subject.address, subject.accountKey, now);
    if (!seen)
        return;
    // Recording waits for the writer, which an HTTP thread never does.
    if (!m_api.lanes.run(Lane::Light, [&throttle = m_api.throttle, seen = *seen] { throttle.raise(seen); }))
        m_api.throttle.retract(*seen);
}

} // namespace warder
