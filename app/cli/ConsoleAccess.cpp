#include "app/cli/ConsoleAccess.h"

#include "app/StoredSettings.h"
#include "core/console/wire/RemoteConsole.h"

#include <QDeadlineTimer>
#include <QFile>

#include <memory>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

constexpr Seconds patience {60};

/// Whoever holds the data directory is another command, which lets go of it, or a server, which soon answers at its socket.
constexpr Milliseconds turn {500};

} // namespace

Result<std::unique_ptr<ConsoleAccess>> ConsoleAccess::open(const StartOptions &options, const Settings &settings, Opening opening)
{
    const QDeadlineTimer deadline(patience);
    for (;;) {
        if (auto server = ofServer(options.dataDirectory); server || server.error().code != ErrorCode::Busy)
            return server;
        auto database = ofDatabase(options, settings, opening);
        if (database || database.error().code != ErrorCode::AlreadyRunning)
            return database;
        if (deadline.hasExpired())
            return refused(ErrorCode::Busy, u"busy: %1. Try again; or start the server first, which answers many commands at once"_s.arg(
                                                database.error().detail));
    }
}

Result<std::unique_ptr<ConsoleAccess>> ConsoleAccess::ofServer(const QString &dataDirectory)
{
    const QString path = DataDirectory::socketPath(dataDirectory);
    if (!QFile::exists(path))
        return refused(ErrorCode::Busy);
    std::unique_ptr<ConsoleAccess> access(new ConsoleAccess({}));
    auto remote = std::make_unique<RemoteConsole>();
    if (const auto connected = remote->connectTo(path); !connected)
        return refused(connected.error().code,
                       u"a Warder serves the data directory, but does not answer at %1"_s.arg(connected.error().detail));
    access->m_console = std::move(remote);
    return access;
}

Result<std::unique_ptr<ConsoleAccess>> ConsoleAccess::ofDatabase(const StartOptions &options, const Settings &settings, Opening opening)
{
    std::unique_ptr<ConsoleAccess> access(new ConsoleAccess(options));
    if (const auto fit = access->m_libraries.check(); !fit)
        return refused(fit);
    const auto making = opening == Opening::Look ? DataDirectory::Making::Never : DataDirectory::Making::IfMissing;
    auto directory = DataDirectory::open(options.dataDirectory, making, turn);
    if (!directory)
        return refused(directory);
    auto core = Core::open(std::move(*directory), settings, access->m_clock, opening);
    if (!core)
        return refused(core);
    access->m_core = std::move(*core);
    access->m_console = access->m_core->console(*access, u"command line"_s);
    return access;
}

/// In force from the next start on.
Result<QStringList> ConsoleAccess::storeSettings(const QList<SettingChoice> &choices)
{
    return warder::storeSettings(m_core->directory.path(), m_core->settings.get(), choices, [this] {
        return loadSettings(m_options).transform([this](const Settings &read) {
            m_core->settings.replace(read);
            return QStringList();
        });
    });
}

bool ConsoleAccess::isAnotherProcess(const Console &console) { return dynamic_cast<const RemoteConsole *>(&console); }

std::unexpected<Error> ConsoleAccess::silent()
{
    return refused(ErrorCode::Busy, u"the server took the order, and does not say what came of it: look at its log"_s);
}

std::unexpected<Error> ConsoleAccess::unanswered()
{
    return refused(ErrorCode::Busy, u"the server took the order, but has not answered for two minutes. It may still be at it, or it is "
                                    "stopped or stuck: look what has become of it before you give the order again"_s);
}

} // namespace warder
