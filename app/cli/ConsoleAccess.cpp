#include "app/cli/ConsoleAccess.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<std::unique_ptr<ConsoleAccess>> ConsoleAccess::open(const QString &dataDirectory, const Settings &settings)
{
    std::unique_ptr<ConsoleAccess> access(new ConsoleAccess);
    if (DataDirectory::isInUse(dataDirectory)) {
        auto remote = std::make_unique<RemoteConsole>();
        if (const auto connected = remote->connectTo(DataDirectory::socketPath(dataDirectory)); !connected)
            return refused(connected);
        access->m_console = std::move(remote);
        return access;
    }
    if (const auto fit = access->m_libraries.check(); !fit)
        return refused(fit);
    auto directory = DataDirectory::open(dataDirectory);
    if (!directory)
        return refused(directory);
    auto core = Core::open(std::move(*directory), settings, access->m_clock);
    if (!core)
        return refused(core);
    access->m_core = std::move(*core);
    access->m_console = access->m_core->console(*access, u"command line"_s);
    return access;
}

} // namespace warder
