#include "app/ServerHost.h"

#include "core/console/orders/Changes.h"
#include "core/telemetry/Log.h"

#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A command of the command line may hold the data directory for a moment.
constexpr Milliseconds patience = Seconds {10};

} // namespace

ServerHost::ServerHost(StartOptions options, QList<int> inherited, NewKey newKey)
    : m_options(std::move(options)), m_inherited(std::move(inherited)), m_newKey(newKey)
{}

Result<void> ServerHost::open(const Settings &settings)
{
    return ServerInstance::open(m_options, settings, m_inherited, m_newKey).transform([this](std::unique_ptr<ServerInstance> running) {
        use(std::move(running));
    });
}

Result<void> ServerHost::openOn(DataDirectory directory, const Settings &settings)
{
    return ServerInstance::openOn(std::move(directory), m_options, settings, m_inherited, m_newKey)
        .transform([this](std::unique_ptr<ServerInstance> running) { use(std::move(running)); });
}

void ServerHost::use(std::unique_ptr<ServerInstance> running)
{
    m_running = std::move(running);
    // After what is in the event loop already: a window tells its own order's answer before it stands still.
    const auto pass = [this] { QTimer::singleShot(0, this, &ServerHost::reopenWanted); };
    connect(&m_running->server(), &Server::reopenWanted, this, pass, Qt::QueuedConnection);
}

/// The first question for changes is refused by another instance: positions in the former journal mean nothing in the new one.
void ServerHost::carry(std::unique_ptr<Errand> errand)
{
    if (!m_running || (errand->name() == ChangesSince::name && std::exchange(m_isAnother, false)))
        return errand->refuse({.code = ErrorCode::Busy, .detail = u"the server opens anew"_s});
    m_running->console().carry(std::move(errand));
}

Result<void> ServerHost::reopen()
{
    m_running->endConsoles(); // first: what was ordered until then counts for the instance to come
    auto wanted = m_running->server().takeExchange();
    m_before = m_running->server().view().state;
    const Settings former = m_running->settings();
    const auto read = loadSettings(m_options); // as at any start; where somebody broke them since, those in force go on
    const Settings settings = read ? *read : former;
    configureLog(LogSetup::from(settings));
    DataDirectory directory = ServerInstance::letGo(std::exchange(m_running, {}));
    m_isAnother = true;
    return wanted ? restore(std::move(*wanted), std::move(directory), settings) : restart(std::move(directory), settings, former);
}

Result<void> ServerHost::restart(DataDirectory directory, const Settings &settings, const Settings &former)
{
    auto opened = openOn(std::move(directory), settings);
    if (opened)
        return opened;
    const Error why = opened.error();
    log(LogLevel::Error, "restart_failed"_L1, {{"why"_L1, why.detail}});
    configureLog(LogSetup::from(former));
    auto own = ownDirectory();
    if (!own)
        return refused(own);
    opened = openOn(std::move(*own), former);
    if (opened)
        m_running->noteRefusedSettings(why);
    return opened;
}

Result<void> ServerHost::restore(DatabaseExchange wanted, DataDirectory directory, const Settings &settings)
{
    RestoreOutcome outcome = wanted.carryOut(directory, m_clock.now());
    auto opened = openOn(std::move(directory), settings);
    if (!opened && outcome.problem.isEmpty()) {
        outcome.problem = opened.error().detail;
        outcome.kept.clear();
        log(LogLevel::Error, "restored_not_opened"_L1, {{"why"_L1, outcome.problem}});
        opened = openFormer(wanted, settings);
    }
    if (opened)
        m_running->backups().noteRestore(outcome);
    return opened;
}

Result<void> ServerHost::openFormer(const DatabaseExchange &wanted, const Settings &settings)
{
    auto directory = ownDirectory();
    if (!directory)
        return refused(directory);
    if (const auto back = wanted.takeBack(*directory, m_clock.now()); !back)
        return back;
    return openOn(std::move(*directory), settings);
}

Result<DataDirectory> ServerHost::ownDirectory() const
{
    return DataDirectory::open(m_options.dataDirectory, DataDirectory::Making::Never, patience);
}

Result<void> ServerHost::goOn()
{
    if (m_before != ServerState::Running && m_before != ServerState::Paused)
        return {};
    const auto started = server().start();
    return started && m_before == ServerState::Paused ? server().pause() : started;
}

} // namespace warder
