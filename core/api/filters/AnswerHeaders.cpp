#include "core/api/filters/AnswerHeaders.h"

#include "core/api/Exchange.h"
#include "core/api/body/BodyReader.h"
#include "core/api/filters/Hosts.h"
#include "core/net/HttpResponse.h"
#include "core/net/gate/RequestHead.h"

namespace warder {
namespace {

/// Two years and the names below ours, as the lists of browsers ask for.
constexpr auto strictTransport = "max-age=63072000; includeSubDomains";

using Known = QHttpHeaders::WellKnownHeader;

} // namespace

void AnswerHeaders::addTo(ApiResponse &response, const Exchange &exchange, const Error *refusal) const
{
    const Call &call = exchange.call;
    const Route *route = exchange.match.route;
    if (refusal)
        addRefusalTo(response, exchange, *refusal);
    response.headers.append("X-Request-Id", call.requestId.toLatin1());
    addSafetyTo(response.headers);
    addTransportTo(response.headers, call.headers.value(Known::Host), call.secure);
    if (!response.headers.contains(Known::CacheControl))
        response.headers.append(Known::CacheControl, route && !refusal ? route->cacheControl : QByteArray("no-store"));
    m_origins.addTo(response.headers, call.headers);
    if (exchange.decision.hasRule()) {
        response.headers.append("RateLimit", exchange.decision.rateLimitHeader());
        response.headers.append("RateLimit-Policy", exchange.decision.rateLimitPolicyHeader());
    }
}

void AnswerHeaders::addRefusalTo(ApiResponse &response, const Exchange &exchange, const Error &refusal) const
{
    const Route *route = exchange.match.route;
    if (!route && !exchange.match.allowed.isEmpty())
        response.headers.append(Known::Allow, exchange.match.allowed);
    if (refusal.code == ErrorCode::UnsupportedMediaType)
        response.headers.append(Known::Accept, mediaTypesOf(route->body));
    if (response.status != 401 || !route)
        return;
    if (route->access == Access::Client) // RFC 6749 §5.2: the scheme that was asked for
        response.headers.replaceOrAppend(Known::WWWAuthenticate, "Basic realm=\"Warder\"");
    if (route->access == Access::Pending && !m_cookies.ticketOf(exchange.call).isEmpty())
        m_cookies.clearTicketOn(response); // it is over: the person signs in anew
}

/// A promise of TLS for "localhost" would hold for every other server of a developer's machine.
void AnswerHeaders::addTransportTo(QHttpHeaders &headers, QByteArrayView host, bool secure) const
{
    if (m_options.strictTransport && secure && !host.isEmpty() && !Hosts::isLocalName(host))
        headers.append(Known::StrictTransportSecurity, strictTransport);
}

QHttpHeaders AnswerHeaders::ofGate(const Asker &asker, bool secure) const
{
    QHttpHeaders asked;
    QHttpHeaders headers;
    if (m_origins.isAllowed(asker.origin)) // or it may be bytes that are no header's value
        asked.append(Known::Origin, asker.origin);
    m_origins.addTo(headers, asked);
    addTransportTo(headers, asker.host, secure);
    return headers;
}

} // namespace warder
