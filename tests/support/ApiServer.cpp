#include "tests/support/ApiServer.h"

#include "core/config/Settings.h"
#include "core/ratelimit/RateRule.h"
#include "core/telemetry/Log.h"
#include "tests/support/EchoServer.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

ListenerLimits limitsFor(const ApiOptions &options)
{
    ListenerLimits limits;
    limits.threads = 2;
    limits.drainIdle = Milliseconds {0};
    limits.trustedProxies = options.trustedProxies;
    return limits;
}

CorePolicies policiesOf(const ApiOptions &options)
{
    CorePolicies policies = options.world;
    policies.rateRules = options.rateLimits ? ownRules(Settings {}) : QList<RateRule>();
    return policies;
}

} // namespace

ApiServer::ApiServer(const ApiOptions &options)
    : world(m_folder.path(), clock, policiesOf(options)), m_lanes(options.lanes),
      m_pipeline(
          std::make_shared<Pipeline>(world.core->services(m_lanes, m_counts, m_paused), options.http, options.routes, options.callers))
{
    configureLog({.level = LogLevel::Error}); // a LogCapture may lower it again
    if (const auto listening = m_listener.listen(localSockets(), std::make_shared<ServeConfig>(limitsFor(options), m_pipeline)); !listening)
        qFatal("the test server does not listen: %s", qPrintable(listening.error().detail));
}

ApiServer::~ApiServer()
{
    m_lanes.setHurried(true);
    m_listener.stop(Seconds {5});
    m_lanes.close();
}

ClientResponse ApiServer::join(const QString &email) const
{
    return client().post("/register", {{u"email"_s, email}, {u"password"_s, password}});
}

ClientResponse ApiServer::login(const QString &email, const QString &with) const
{
    return client().post("/login", {{u"email"_s, email}, {u"password"_s, with}});
}

QByteArray pathWith(const QByteArray &pattern, const QByteArray &id)
{
    return QByteArray(pattern).replace("{file}", "start.js").replace("{provider}", "example").replace("{id}", id);
}

} // namespace warder::test
