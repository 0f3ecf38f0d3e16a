#include "core/api/filters/ServiceClients.h"

#include "core/crypto/Primitives.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds standsFor = std::chrono::hours {1};

/// Strangers may send wrong tokens as well, from as many addresses as they like: windows need not hear of each.
constexpr Milliseconds betweenTellings = std::chrono::minutes {1};
constexpr Milliseconds betweenLines = std::chrono::hours {1};

/// True for one thread in each such time.
bool isTurn(std::atomic<qint64> &next, Milliseconds pause, TimePoint now)
{
    qint64 due = next.load();
    return toMilliseconds(now) >= due && next.compare_exchange_strong(due, toMilliseconds(now + pause));
}

} // namespace

void ServiceClients::resolve(HttpRequest &request, TimePoint now)
{
    if (!request.headers.contains(field))
        return;
    const bool good = isGood(request.headers);
    request.headers.removeAll(field);
    if (!good)
        return tell(request.peer, now);
    if (const auto &visitor = request.claimed ? request.claimed : request.behind)
        request.client = *visitor;
    request.claimed.reset();
}

bool ServiceClients::isGood(const QHttpHeaders &headers) const
{
    const auto values = headers.values(field);
    return !m_token.isEmpty() && values.size() == 1 && equalInConstantTime(values.constFirst(), m_token);
}

void ServiceClients::tell(const QHostAddress &from, TimePoint now)
{
    if (!isTurn(m_nextTold, betweenTellings, now))
        return;
    const QString fault = m_token.isEmpty() ? u"brings a service token, and http.service_token is not set"_s
                                            : u"brings a service token that is not that of http.service_token"_s;
    m_health.setUntil({.code = u"service_token_wrong"_s,
                       .detail = u"%1 %2: the people it asks for share one address and its limits"_s.arg(from.toString(), fault)},
                      now + standsFor, now);
    if (isTurn(m_nextLine, betweenLines, now))
        log(LogLevel::Warning, "service_token_wrong"_L1, {{"from"_L1, from.toString()}, {"why"_L1, fault}});
}

} // namespace warder
