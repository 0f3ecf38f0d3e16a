#include "app/Server.h"

#include "app/Housekeeping.h"
#include "app/Policies.h"
#include "core/telemetry/Log.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds stopping = Seconds {10};
constexpr Milliseconds tidyingEvery = Seconds {60};

} // namespace

Server::Server(Core &core)
    : m_core(core), m_lanes(laneSizesFrom(core.settings)), m_pipeline(services(), httpOptionsFrom(core.settings)),
      m_listener(m_pipeline, listenerLimitsFrom(core.settings)), m_startedAt(core.clock.now())
{
    connect(&m_tidying, &QTimer::timeout, this, [this] {
        (void)m_lanes.run(Lane::Light, [this] { Housekeeping::tidy(m_core, m_core.clock.now()); });
    });
    m_tidying.start(tidyingEvery);
}

Server::~Server()
{
    (void)stop();
    m_lanes.close();
}

Services Server::services()
{
    return {.clock = m_core.clock, .lanes = m_lanes, .accounts = m_core.accounts, .sessions = m_core.sessions, .authenticator = m_core.authenticator,
            .verifier = m_core.verifier, .refreshTokens = m_core.refreshTokens, .keys = m_core.keys, .limiter = m_core.limiter,
            .backoff = m_core.backoff, .traffic = m_core.traffic};
}

ServerView Server::view() const
{
    const std::lock_guard lock(m_mutex);
    const HostPort place {.address = m_core.settings.address("http.listen"_L1).address, .port = m_listener.port()};
    return {.state = m_state, .url = place.port ? urlOf(place, m_core.settings) : QString(), .problem = m_problem,
            .version = QCoreApplication::applicationVersion(), .dataDirectory = m_core.directory.path(), .startedAt = m_startedAt,
            .connections = m_listener.census().connections()};
}

void Server::setState(ServerState state, const QString &problem)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state = state;
        m_problem = problem;
    }
    m_core.journal.record(ServerChanged {.server = view()});
}

Result<void> Server::start()
{
    const std::lock_guard switching(m_switching);
    if (m_listener.isListening())
        return {};
    setState(ServerState::Starting);
    const HostPort place = m_core.settings.address("http.listen"_L1);
    if (const auto listening = m_listener.listen(place.address, place.port); !listening) {
        setState(ServerState::Failed, listening.error().detail);
        log(LogLevel::Error, "listen_failed"_L1, {{"why"_L1, listening.error().detail}});
        return listening;
    }
    setState(ServerState::Running);
    log(LogLevel::Info, "listening"_L1, {{"url"_L1, view().url}, {"data"_L1, m_core.directory.path()}});
    if (m_core.settings.boolean("http.cookies_insecure"_L1))
        log(LogLevel::Warning, "cookies_insecure"_L1, {{"why"_L1, u"cookies go without Secure and prefix: for development only"_s}});
    return {};
}

Result<void> Server::stop()
{
    const std::lock_guard switching(m_switching);
    if (!m_listener.isListening())
        return {};
    setState(ServerState::Stopping);
    m_listener.stop(stopping);
    setState(ServerState::Stopped);
    log(LogLevel::Info, "stopped"_L1);
    return {};
}

} // namespace warder
