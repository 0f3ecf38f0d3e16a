#pragma once

#include "core/base/Clock.h"
#include "core/net/HttpRequest.h"

#include <atomic>

namespace warder {

class Health;

/// Servers that ask on behalf of people, such as one that renders pages: who brings the token of `http.service_token` is believed for whom
/// it asks. A wrong token is nobody's; the log says so once an hour, and health has `service_token_wrong` until an hour after the last.
/// Any thread.
class ServiceClients final
{
public:
    static constexpr QLatin1StringView field {"X-Warder-Service-Token"};

    /// An empty token: nobody is believed, and whoever brings one is told of all the same.
    ServiceClients(const QString &token, Health &health) : m_token(token.toUtf8()), m_health(health) {}

    /// Makes HttpRequest::claimed, or `behind`, the client where that is believed; takes the token out of the fields, so that nobody
    /// after it sees it.
    void resolve(HttpRequest &request, TimePoint now);

private:
    bool isGood(const QHttpHeaders &headers) const;
    void tell(const QHostAddress &from, TimePoint now);

    const QByteArray m_token;
    Health &m_health;
    std::atomic<qint64> m_nextTold {0}; ///< Milliseconds since 1970, as the next.
    std::atomic<qint64> m_nextLine {0};
};

} // namespace warder
