#include "app/Server.h"

#include "app/Housekeeping.h"
#include "app/ListenUrls.h"
#include "app/StoredSettings.h"
#include "core/api/HttpOptions.h"
#include "core/api/Pipeline.h"
#include "core/api/Routes.h"
#include "core/config/ServerUrl.h"
#include "core/console/ViewsOf.h"
#include "core/net/FreePort.h"
#include "core/net/gate/ListeningSocket.h"
#include "core/telemetry/Log.h"

#include <QCoreApplication>

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds stopping = Seconds {10};

/// What there is to limit, which the limiter must know before anything is served.
void tellRoutes(const Services &services)
{
    const HttpOptions options {.docs = false};
    const Cookies cookies({}, false, services.refreshTokens);
    for (const LimitedRoute &each : routesForLimits(publicRoutes({services, options, cookies})))
        (void)services.limiter.routeNumber(each);
}

} // namespace

Server::Server(Core &core, ReadSettings readSettings, QList<int> inherited)
    : m_core(core), m_inherited(std::move(inherited)), m_lanes(LaneSizes::from(core.settings.get())), m_listener(m_counts),
      m_healthWatch(core), m_issuer(core),
      m_settings(core, std::move(readSettings), [this](const Settings &settings) { return adopt(settings); }), m_certificate(core, m_state)
{
    tellRoutes(m_core.services(m_lanes, m_counts, m_paused));
    if (const QList<ListenPoint> given = ListeningSocket::placesOf(m_inherited); !given.isEmpty())
        m_issuer.takeFrom(given);
    core.health.onChange([this] { publish(); });
    m_healthWatch.check();
    m_work = std::make_unique<PeriodicWork>(core, m_lanes, m_healthWatch, m_certificate, [this] { lookForRenewedCertificate(); });
    m_mail = std::make_unique<MailThread>(core.mailSender, core.outbox, core.clock);
}

Server::~Server()
{
    const auto deadline = std::chrono::steady_clock::now() + stopping;
    m_core.backups.close(); // or its lane would wait for a long one
    m_mail.reset();
    (void)stop();
    (void)m_lanes.run(Lane::Light, [this] { // what a restart must not forget
        Housekeeping::keepCounts(m_core, m_core.clock.now());
        m_core.alarms.store();
    });
    m_lanes.close(deadline); // whoever waits for what has not begun by then is gone
    m_core.health.onChange({});
}

ServerView Server::view() const
{
    const auto places = m_listener.places();
    const Settings settings = m_core.settings.get();
    const QStringList addresses = urlsOf(places, settings);
    const QList<ListenPoint> wanted = places.isEmpty() ? wantedPlaces(settings) : QList<ListenPoint>();
    const QStringList configured = freeUrlsOf(wanted, settings);
    const RunState::Snapshot run = m_state.snapshot();
    const bool isTaken = run.problem && run.problem->code == ErrorCode::AddressTaken;
    const auto listeningFor = std::chrono::duration_cast<Seconds>(std::chrono::steady_clock::now() - run.listeningSince);
    return {.state = run.state,
            .url = addresses.value(0),
            .addresses = addresses,
            .configured = configured,
            .runningFor = run.listens() ? listeningFor : Seconds {0},
            .problem = run.problem ? run.problem->detail : QString(),
            .problemCode = run.problem ? nameOf(run.problem->code) : QString(),
            .otherPort = isTaken ? std::optional(otherPort(wanted, settings)) : std::nullopt,
            .version = QCoreApplication::applicationVersion(),
            .dataDirectory = m_core.directory.path(),
            .startedAt = m_core.clock.now() - m_healthWatch.uptime(), // by today's clock, which may have been set since
            .connections = m_counts.connections(),
            .certificateUntil = run.certificate ? std::optional(run.certificate->until) : std::nullopt,
            .problems = viewsOf(m_core.health.problems()),
            .waiting = settings.waiting()};
}

void Server::setState(ServerState state, const std::optional<Error> &problem)
{
    m_state.set(state, problem);
    publish();
}

void Server::publish() { m_core.journal.record(ServerChanged {.server = view()}); }

QList<ListenPoint> Server::wantedPlaces(const Settings &settings) const
{
    return m_inherited.isEmpty() ? listenPointsFrom(settings) : QList<ListenPoint>();
}

ListenConfig Server::listenConfig(const Settings &settings) const
{
    ListenConfig listenConfig = ListenConfig::from(settings);
    listenConfig.inherited = m_inherited;
    return listenConfig;
}

/// `begin` may refuse: its certificate is then as new at the next look as it was at this one.
Result<void> Server::serve(const Settings &settings, const std::function<Result<void>(const ServeConfigPtr &)> &begin)
{
    ServeConfig serving {.limits = ListenerLimits::from(settings),
                         .handler = std::make_shared<Pipeline>(m_core.services(m_lanes, m_counts, m_paused),
                                                               HttpOptions::from(settings, m_core.tokenPolicy.issuer))};
    auto certificate = m_certificate.load(settings, m_listener.isListening());
    if (!certificate)
        return refused(certificate);
    serving.tls = certificate->tls;
    if (const auto begun = begin(std::make_shared<const ServeConfig>(std::move(serving))); !begun)
        return begun;
    m_certificate.use(std::move(*certificate));
    return {};
}

/// What is served names the issuer, too, and was made before the port was known.
Result<void> Server::nameByPort(const Settings &settings)
{
    m_issuer.takeFrom(m_listener.places());
    return serve(settings, [this](const ServeConfigPtr &serving) {
        m_listener.setServeConfig(serving);
        return Result<void>();
    });
}

Result<void> Server::start()
{
    const std::lock_guard switching(m_switching);
    if (m_listener.isListening())
        return {};
    setState(ServerState::Starting);
    const Settings settings = m_core.settings.get();
    m_paused = m_issuer.isLacking(settings); // who asks in the moment before it has one is told to come back
    auto listening = serve(settings, [&](const ServeConfigPtr &serving) { return m_listener.listen(listenConfig(settings), serving); });
    if (listening && m_issuer.isLacking(settings))
        listening = nameByPort(settings);
    if (!listening) {
        m_listener.stop(Milliseconds {0});
        setState(ServerState::Failed, listening.error());
        return listening;
    }
    m_paused = false;
    setState(ServerState::Running);
    log(LogLevel::Info, "listening"_L1, {{"url"_L1, view().addresses.join(u' ')}, {"data"_L1, m_core.directory.path()}});
    for (const Problem &problem : m_core.health.problems())
        log(LogLevel::Warning, "problem"_L1, {{"code"_L1, problem.code}, {"why"_L1, problem.detail}});
    log(LogLevel::Info, "mails_go"_L1, {{"to"_L1, m_core.mailSender.delivery().placeOf(MailPolicy::from(settings))}});
    if (settings.get<"http.cookies_insecure">())
        log(LogLevel::Warning, "cookies_insecure"_L1, {{"why"_L1, u"cookies go without Secure and prefix: for development only"_s}});
    return {};
}

Result<void> Server::usePort(quint16 port)
{
    {
        const std::lock_guard switching(m_switching);
        const Settings settings = m_core.settings.get();
        if (const auto unfixed = isUnfixed(u"http.listen"_s, settings); !unfixed)
            return unfixed;
        const auto moved = m_listener.isListening() ? std::nullopt : movedTo(port, wantedPlaces(settings));
        if (const auto adopted = moved ? storePlaces(*moved) : Result<void>(); !adopted)
            return adopted;
    }
    return start();
}

Result<void> Server::storePlaces(const QList<ListenPoint> &places)
{
    QStringList texts;
    for (const ListenPoint &place : places)
        texts += toText(place);
    const auto adopted = m_settings.store({{.key = u"http.listen"_s, .value = texts.join(u',')}}).transform([](const QStringList &) {});
    if (adopted && !m_state.snapshot().hasListened()) // else tokens are out that name the former port
        m_issuer.takeFrom(places);
    return adopted;
}

Result<QStringList> Server::storeSettings(const QList<SettingChoice> &choices)
{
    const std::lock_guard switching(m_switching);
    return m_settings.store(choices);
}

Result<void> Server::exchange(DatabaseExchange wanted) { return leave(std::move(wanted)); }

/// Nothing ends for settings that are refused.
Result<void> Server::restart()
{
    const auto read = reload();
    return read ? leave(std::nullopt) : refused(read);
}

Result<void> Server::leave(std::optional<DatabaseExchange> wanted)
{
    {
        const std::lock_guard lock(m_exchanging);
        if (std::exchange(m_isLeaving, true))
            return refused(ErrorCode::Busy, u"the server opens anew already"_s);
        m_exchange = std::move(wanted);
    }
    Q_EMIT reopenWanted();
    return {};
}

std::optional<DatabaseExchange> Server::takeExchange()
{
    const std::lock_guard lock(m_exchanging);
    return std::exchange(m_exchange, std::nullopt);
}

Result<void> Server::stop()
{
    const std::lock_guard switching(m_switching);
    if (!m_listener.isListening())
        return {};
    setState(ServerState::Stopping);
    m_lanes.setHurried(true);
    m_listener.stop(stopping);
    m_lanes.setHurried(false);
    setState(ServerState::Stopped);
    log(LogLevel::Info, "stopped"_L1);
    return {};
}

Result<void> Server::change(ServerState from, ServerState to)
{
    const std::lock_guard switching(m_switching);
    if (m_state.snapshot().state != from)
        return refused(ErrorCode::Conflict, from == ServerState::Running ? u"the server does not run"_s : u"the server is not paused"_s);
    m_paused = to == ServerState::Paused;
    setState(to);
    log(LogLevel::Info, m_paused ? "paused"_L1 : "resumed"_L1);
    return {};
}

Result<void> Server::pause() { return change(ServerState::Running, ServerState::Paused); }

Result<void> Server::resume() { return change(ServerState::Paused, ServerState::Running); }

Result<QStringList> Server::reload()
{
    const std::lock_guard switching(m_switching);
    const auto waiting = m_settings.reload();
    Q_EMIT reloaded();
    return waiting;
}

Result<void> Server::adopt(const Settings &settings)
{
    if (m_listener.isListening()) {
        const auto done =
            serve(settings, [&](const ServeConfigPtr &serving) { return m_listener.reconfigure(listenConfig(settings), serving); });
        if (!done)
            return done;
    }
    configureLog(LogSetup::from(settings));
    m_core.keys.setSchedule(KeySchedule::from(settings));
    m_core.settings.replace(settings);
    m_core.limits.settingsChanged();
    m_core.mailSender.endRest(); // the mail server may be another one
    m_mail->wake();
    publish();
    return {};
}

/// A certificate that was renewed in its place serves the next handshake.
void Server::lookForRenewedCertificate()
{
    const std::unique_lock switching(m_switching, std::try_to_lock);
    if (!switching || !m_listener.isListening() || !m_certificate.isRenewed())
        return;
    const auto renewed = serve(m_core.settings.get(), [this](const ServeConfigPtr &serving) {
        m_listener.setServeConfig(serving); // not the sockets, which could be refused
        return Result<void>();
    });
    if (renewed)
        publish();
    m_certificate.noteRenewal(renewed);
}

} // namespace warder
