#include "app/ServerInstance.h"

#include "app/StartWarnings.h"
#include "core/config/ServerUrl.h"
#include "core/credentials/PasskeyStore.h"
#include "core/net/gate/ListeningSocket.h"
#include "core/telemetry/Log.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Passkeys that were made for another host than today's: their owners wonder why they do not work.
void warnOfOrphans(Core &core)
{
    const auto orphans = core.passkeys.orphans();
    if (!orphans) // a database that does not answer is told elsewhere
        return;
    for (const PasskeyStore::OfRpId &each : *orphans)
        log(LogLevel::Warning, "passkeys_orphaned"_L1,
            {{"made_for"_L1, each.rpId},
             {"passkeys"_L1, each.passkeys},
             {"users"_L1, each.users},
             {"why"_L1, u"passkeys.rp_id is %1 now: browsers offer these no more. Set it back, or have their owners add new ones"_s.arg(
                            core.passkeys.policy().rpId)}});
}

} // namespace

Result<std::unique_ptr<ServerInstance>> ServerInstance::open(const StartOptions &options, const Settings &settings,
                                                             const QList<int> &inherited, NewKey newKey)
{
    auto directory = DataDirectory::open(options.dataDirectory);
    if (!directory)
        return refused(directory);
    return openOn(std::move(*directory), options, settings, inherited, newKey);
}

Result<std::unique_ptr<ServerInstance>> ServerInstance::openOn(DataDirectory directory, const StartOptions &options,
                                                               const Settings &settings, const QList<int> &inherited, NewKey newKey)
{
    const QList<ListenPoint> given = ListeningSocket::placesOf(inherited);
    for (const QString &warning : startWarnings(settings, given.isEmpty() ? listenPointsFrom(settings) : given))
        log(LogLevel::Warning, "settings_warning"_L1, {{"why"_L1, warning}});
    std::unique_ptr<ServerInstance> running(new ServerInstance);
    if (const auto fit = running->m_libraries.check(); !fit)
        return refused(fit);
    const QString socketPath = directory.socketPath();
    auto core = Core::open(std::move(directory), settings, running->m_clock, Opening::Serve, newKey);
    if (!core)
        return refused(core);
    running->m_core = std::move(*core);
    warnOfOrphans(*running->m_core);
    running->m_server = std::make_unique<Server>(*running->m_core, [options] { return loadSettings(options); }, inherited);
    running->m_console = running->m_core->console(*running->m_server, u"console"_s);
    running->m_commandLine = running->m_core->console(*running->m_server, u"command line"_s);
    running->m_socket = std::make_unique<ConsoleSocket>(*running->m_commandLine);
    if (const auto listening = running->m_socket->listen(socketPath); !listening)
        return refused(listening);
    return running;
}

ServerInstance::~ServerInstance() { end(); }

DataDirectory ServerInstance::letGo(std::unique_ptr<ServerInstance> running)
{
    running->end();
    return Core::letGo(std::move(running->m_core));
}

void ServerInstance::noteRefusedSettings(const Error &why)
{
    m_core->health.note(true, {.code = u"reload_failed"_s, .detail = why.detail}, m_clock.now());
}

void ServerInstance::endConsoles()
{
    m_commandLine.reset(); // waits for its workers; what they answer goes out at the socket's end
    m_socket.reset();
    m_console.reset();
}

void ServerInstance::end()
{
    endConsoles();
    m_server.reset();
}

} // namespace warder
