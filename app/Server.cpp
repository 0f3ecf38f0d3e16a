#include "app/Server.h"

#include "app/Housekeeping.h"
#include "app/StoredSettings.h"
#include "core/api/HttpOptions.h"
#include "core/api/Pipeline.h"
#include "core/api/Routes.h"
#include "core/config/ServerUrl.h"
#include "core/console/ViewsOf.h"
#include "core/net/FreePort.h"
#include "core/net/gate/ListeningSocket.h"
#include "core/net/gate/TlsContext.h"
#include "core/telemetry/Log.h"

#include <QCoreApplication>
#include <QTimer>

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds stopping = Seconds {10};
constexpr Milliseconds tidyingEvery = Seconds {60};
constexpr Milliseconds certificateCheckEvery = Seconds {5};
constexpr Milliseconds lookEvery = Seconds {2};

bool isGood(const TlsContext &tls, TimePoint now)
{
    using enum health_checks::Validity;
    const auto found = health_checks::validity(tls.notBefore(), tls.notAfter(), now);
    return found == Good || found == EndsSoon;
}

/// `points`: those of the settings, while the server does not listen. A port that another program uses is that program's address.
QStringList addressesOf(const QList<ListenPoint> &points, const Settings &settings)
{
    QStringList addresses;
    for (const ListenPoint &point : points) {
        if (point.isUnix() || (point.place.port != 0 && isFree(point.place))) // 0: the system chooses one when it listens
            addresses += urlOf(point, settings);
    }
    addresses.removeDuplicates();
    return addresses;
}

SettingDescription listenSetting(const Settings &settings)
{
    const auto all = settings.describe();
    return *std::ranges::find(all, "http.listen"_L1, &SettingDescription::key);
}

/// What there is to limit, which the limiter must know before anything is served.
void tellRoutes(const Services &services)
{
    const HttpOptions options {.docs = false};
    const Cookies cookies({}, false, services.refreshTokens);
    for (const LimitedRoute &each : routesForLimits(publicRoutes({services, options, cookies})))
        (void)services.limiter.routeNumber(each);
}

OtherPort otherPort(const QList<ListenPoint> &points, const Settings &settings)
{
    const SettingDescription listen = listenSetting(settings);
    return {
        .port = listen.source > SettingSource::Stored ? 0 : nextFreePort(points), .source = listen.source, .sourceName = listen.sourceName};
}

} // namespace

Server::Server(Core &core, ReadSettings readSettings, QList<int> inherited)
    : m_core(core), m_readSettings(std::move(readSettings)), m_inherited(std::move(inherited)),
      m_lanes(LaneSizes::from(core.settings.get())), m_listener(m_counts), m_healthWatch(core)
{
    tellRoutes(m_core.services(m_lanes, m_counts, m_paused));
    const QList<ListenPoint> given = ListeningSocket::placesOf(m_inherited);
    if (!given.isEmpty() && core.settings.get().get<"tokens.issuer">().isEmpty())
        nameIssuer(given);
    core.health.onChange([this] { publish(); });
    m_healthWatch.check();
    every(tidyingEvery, [this] { Housekeeping::tidy(m_core, m_core.clock.now()); });
    every(certificateCheckEvery, [this] { watchCertificate(); }); // it waits for the HTTP threads, and the window waits for nothing
    every(lookEvery, [this] {
        m_healthWatch.check();
        reportCertificateHealth();
    });
    m_mail = std::make_unique<MailThread>(core.mailSender, core.outbox, core.clock);
}

void Server::every(Milliseconds period, const std::function<void()> &job)
{
    auto *timer = new QTimer(this);
    timer->callOnTimeout(this, [this, job] { (void)m_lanes.run(Lane::Light, job); });
    timer->start(period);
}

Server::~Server()
{
    const auto deadline = std::chrono::steady_clock::now() + stopping;
    m_mail.reset();
    (void)stop();
    (void)m_lanes.run(Lane::Light, [this] { (void)m_core.limits.keep(m_core.clock.now()); }); // what a restart must not forget
    m_lanes.close(deadline); // whoever waits for what has not begun by then is gone
    m_core.health.onChange({});
}

ServerView Server::view() const
{
    const auto places = m_listener.places();
    const Settings settings = m_core.settings.get();
    QStringList addresses;
    for (const ListenPoint &place : places)
        addresses += urlOf(place, settings);
    addresses.removeDuplicates(); // localhost's two
    const QList<ListenPoint> wanted = places.isEmpty() ? wantedPlaces(settings) : QList<ListenPoint>();
    const QStringList configured = addressesOf(wanted, settings);
    const std::lock_guard lock(m_mutex);
    const bool listens = m_state == ServerState::Running || m_state == ServerState::Paused;
    const bool isTaken = m_problem && m_problem->code == ErrorCode::AddressTaken;
    const auto listeningFor = std::chrono::duration_cast<Seconds>(std::chrono::steady_clock::now() - m_listeningSince);
    return {.state = m_state,
            .url = addresses.value(0),
            .addresses = addresses,
            .configured = configured,
            .runningFor = listens ? listeningFor : Seconds {0},
            .problem = m_problem ? m_problem->detail : QString(),
            .problemCode = m_problem ? nameOf(m_problem->code) : QString(),
            .otherPort = isTaken ? std::optional(otherPort(wanted, settings)) : std::nullopt,
            .version = QCoreApplication::applicationVersion(),
            .dataDirectory = m_core.directory.path(),
            .startedAt = m_core.clock.now() - m_healthWatch.uptime(), // by today's clock, which may have been set since
            .connections = m_counts.connections(),
            .certificateUntil = m_certificate ? std::optional(m_certificate->until) : std::nullopt,
            .problems = viewsOf(m_core.health.problems())};
}

void Server::setState(ServerState state, const std::optional<Error> &problem)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state == ServerState::Starting && state == ServerState::Running)
            m_listeningSince = std::chrono::steady_clock::now();
        m_state = state;
        m_problem = problem;
    }
    publish();
}

void Server::publish() { m_core.journal.record(ServerChanged {.server = view()}); }

QList<ListenPoint> Server::wantedPlaces(const Settings &settings) const
{
    return m_inherited.isEmpty() ? listenPointsFrom(settings) : QList<ListenPoint>();
}

ServerState Server::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
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
    std::optional<TlsFiles> files;
    std::optional<CertificateSpan> certificate;
    if (servesTls(settings)) {
        files.emplace(settings.get<"http.tls_certificate">(), settings.get<"http.tls_key">());
        auto context = files->load();
        if (!context)
            return refused(context);
        if (!mayReplace(**context))
            return refused(ErrorCode::CertificateInvalid,
                           u"the certificate in %1 is expired or not valid yet: the former one serves on"_s.arg(
                               settings.get<"http.tls_certificate">()));
        certificate = CertificateSpan {.from = (*context)->notBefore(), .until = (*context)->notAfter()};
        serving.tls = std::move(*context);
    }
    if (const auto begun = begin(std::make_shared<const ServeConfig>(std::move(serving))); !begun)
        return begun;
    m_tlsFiles = std::move(files);
    {
        const std::lock_guard lock(m_mutex);
        m_certificate = certificate;
    }
    reportCertificateHealth();
    return {};
}

/// At a start an expired one is better than none: who does not look at it is served, and a renewed one is taken as soon as it is there.
bool Server::mayReplace(const TlsContext &tls) const
{
    const TimePoint now = m_core.clock.now();
    const std::lock_guard lock(m_mutex);
    const bool hasGoodOne = m_certificate && now >= m_certificate->from && now < m_certificate->until;
    return !m_listener.isListening() || !hasGoodOne || isGood(tls, now);
}

void Server::reportCertificateHealth()
{
    using enum health_checks::Validity;
    const TimePoint now = m_core.clock.now();
    std::unique_lock lock(m_mutex);
    const auto certificate = m_certificate;
    lock.unlock();
    const auto [from, until] = certificate.value_or(CertificateSpan());
    const auto found = certificate ? health_checks::validity(from, until, now) : Good;
    const auto note = [&](health_checks::Validity kind, const QString &code, const QString &words, TimePoint when) {
        m_core.health.note(found == kind, {.code = code, .detail = words.arg(toText(when))}, now);
    };
    note(EndsSoon, u"certificate_expires"_s, u"the certificate is valid until %1: renew it"_s, until);
    note(Over, u"certificate_expired"_s, u"the certificate expired at %1: clients turn away. Renew it"_s, until);
    note(NotYet, u"certificate_not_valid_yet"_s,
         u"the certificate is valid from %1 on: clients turn away. Wait, or set this machine's clock right"_s, from);
}

/// Whether tokens are to name a port that the system is still to choose.
bool Server::lacksName(const Settings &settings) const
{
    const QList<ListenPoint> points = listenPointsFrom(settings);
    const auto first = std::ranges::find_if_not(points, &ListenPoint::isUnix);
    return !m_hasName && settings.get<"tokens.issuer">().isEmpty() && first != points.end() && first->place.port == 0;
}

/// Once: tokens of an earlier start stay good.
void Server::nameIssuer(const QList<ListenPoint> &places)
{
    m_core.tokenPolicy.issuer = ownUrl(places, m_core.settings.get());
    m_hasName = true;
}

/// What is served names the issuer, too, and was made before the port was known.
Result<void> Server::nameByPort(const Settings &settings)
{
    nameIssuer(m_listener.places());
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
    m_paused = lacksName(settings); // who asks in the moment before it has one is told to come back
    auto listening = serve(settings, [&](const ServeConfigPtr &serving) { return m_listener.listen(listenConfig(settings), serving); });
    if (listening && lacksName(settings))
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
    const auto adopted = store({{.key = u"http.listen"_s, .value = texts.join(u',')}}).transform([](const QStringList &) {});
    const bool neverListened = m_listeningSince == decltype(m_listeningSince)(); // else tokens are out that name the former port
    if (adopted && neverListened && m_core.settings.get().get<"tokens.issuer">().isEmpty())
        nameIssuer(places);
    return adopted;
}

/// m_switching is held.
Result<QStringList> Server::store(const QList<SettingChoice> &choices)
{
    const auto adopt = [this] { return m_readSettings().and_then([this](const Settings &read) { return adoptRead(read); }); };
    const auto adopted = warder::storeSettings(m_core.directory.path(), m_core.settings.get(), choices, adopt);
    if (!adopted)
        return adopted;
    for (const auto &[key, value] : choices) {
        const QString shown = findSetting(key)->rules.secret ? u"(secret)"_s : value.value_or(u"-"_s);
        log(LogLevel::Info, "setting_stored"_L1, {{"key"_L1, key}, {"value"_L1, shown}});
    }
    return adopted;
}

Result<QStringList> Server::storeSettings(const QList<SettingChoice> &choices)
{
    const std::lock_guard switching(m_switching);
    return store(choices);
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
    if (state() != from)
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
    const auto waiting = m_readSettings().and_then([this](const Settings &read) { return adoptRead(read); });
    if (waiting)
        log(LogLevel::Info, "reloaded"_L1, {{"needs_restart"_L1, waiting->isEmpty() ? u"-"_s : waiting->join(u' ')}});
    else
        log(LogLevel::Error, "reload_failed"_L1, {{"why"_L1, waiting.error().detail}});
    m_core.health.note(!waiting, {.code = u"reload_failed"_s, .detail = waiting ? QString() : waiting.error().detail}, m_core.clock.now());
    Q_EMIT reloaded();
    return waiting;
}

/// Gives the keys of the settings that wait for a restart.
Result<QStringList> Server::adoptRead(const Settings &read)
{
    const auto [settings, needsRestart] = m_core.settings.get().reloaded(read);
    const auto adopted = adopt(settings);
    return adopted ? Result<QStringList>(needsRestart) : refused(adopted);
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
void Server::watchCertificate()
{
    const std::unique_lock switching(m_switching, std::try_to_lock);
    if (!switching || !m_listener.isListening() || !m_tlsFiles || !m_tlsFiles->haveChanged())
        return;
    const auto renewed = serve(m_core.settings.get(), [this](const ServeConfigPtr &serving) {
        m_listener.setServeConfig(serving); // not the sockets, which could be refused
        return Result<void>();
    });
    const QString why = renewed ? QString() : renewed.error().detail;
    if (renewed) {
        publish();
        log(LogLevel::Info, "certificate_renewed"_L1);
    } else if (why != m_whyKept) { // it may be half written: the next look may find it whole
        log(LogLevel::Warning, "certificate_kept"_L1, {{"why"_L1, why}});
    }
    m_whyKept = why;
}

} // namespace warder
