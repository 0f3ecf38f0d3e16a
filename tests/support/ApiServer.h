#pragma once

#include "core/api/Caller.h"
#include "core/api/HttpOptions.h"
#include "core/api/Lanes.h"
#include "core/api/Pipeline.h"
#include "core/api/RouteTable.h"
#include "core/api/Routes.h"
#include "core/assembly/CorePolicies.h"
#include "core/net/Listener.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/TrafficStatistics.h"
#include "tests/support/ApiClient.h"
#include "tests/support/Browser.h"
#include "tests/support/FakeClock.h"
#include "tests/support/World.h"

#include <memory>

namespace warder::test {

/// The page that may use the server with cookies.
inline const QByteArray ourPage = QByteArrayLiteral("http://localhost:3000");
inline const QByteArray evilPage = QByteArrayLiteral("http://evil.example");

/// What a test may choose before a server starts.
struct ApiOptions
{
    CorePolicies world = quickPolicies;
    HttpOptions http = {.allowedOrigins = {QString::fromLatin1(ourPage)},
                        .issuer = QStringLiteral("http://localhost:8000"),
                        .frontend = QString::fromLatin1(ourPage)};
    bool rateLimits = false;
    QList<QPair<QHostAddress, int>> trustedProxies = {};
    LaneSizes lanes = {};
    Pipeline::MakeRoutes routes = publicRoutes;
    CallerSources callers = {};
};

/// The whole server on port 0 and a database of its own, with a clock that moves when told to. The test's thread only.
class ApiServer final
{
public:
    explicit ApiServer(const ApiOptions &options = {});
    ~ApiServer();

    ApiClient client() const { return ApiClient(m_listener.port()); }
    Browser browser(const QByteArray &origin = ourPage) const { return Browser(m_listener.port(), origin); }
    quint16 port() const { return m_listener.port(); }
    std::vector<int> load() const { return m_listener.load(); }
    const RouteTable &routes() const { return m_pipeline->routes(); }
    RateLimiter &limiter() { return world.core->limiter; }
    TrafficStatistics &traffic() { return world.core->traffic; }
    Lanes &lanes() { return m_lanes; }
    void pause(bool paused) { m_paused = paused; }
    Health &health() { return world.core->health; }
    QString folder() const { return m_folder.path(); }

    /// Registers over HTTP with World's password; the token pair as it came.
    ClientResponse join(const QString &email) const;
    ClientResponse login(const QString &email, const QString &with = password) const;

private:
    QTemporaryDir m_folder;

public:
    FakeClock clock;
    World world;

private:
    Lanes m_lanes;
    ConnectionCounts m_counts;
    std::atomic<bool> m_paused {false};
    std::shared_ptr<Pipeline> m_pipeline;
    Listener m_listener {m_counts};
};

/// A route's path with what stands in its braces: a file and a provider that there may be, and that id.
QByteArray pathWith(const QByteArray &pattern, const QByteArray &id = "1");

} // namespace warder::test
