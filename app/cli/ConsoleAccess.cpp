#include "app/cli/ConsoleAccess.h"

#include <QDeadlineTimer>
#include <QThread>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

constexpr Seconds patience {10};
constexpr Milliseconds between {20};

/// A server that starts takes the data directory before it listens, and another command holds it for a moment.
bool mayPass(ErrorCode code)
{
    return code == ErrorCode::Busy || code == ErrorCode::AlreadyRunning;
}

} // namespace

Result<std::unique_ptr<ConsoleAccess>> ConsoleAccess::open(const QString &dataDirectory, const Settings &settings)
{
    const QDeadlineTimer deadline(patience);
    auto access = tryOpen(dataDirectory, settings);
    while (!access && mayPass(access.error().code) && !deadline.hasExpired()) {
        QThread::sleep(between);
        access = tryOpen(dataDirectory, settings);
    }
    return access;
}

Result<std::unique_ptr<ConsoleAccess>> ConsoleAccess::tryOpen(const QString &dataDirectory, const Settings &settings)
{
    std::unique_ptr<ConsoleAccess> access(new ConsoleAccess);
    if (DataDirectory::isInUse(dataDirectory)) {
        auto remote = std::make_unique<RemoteConsole>();
        if (const auto connected = remote->connectTo(DataDirectory::socketPath(dataDirectory)); !connected)
            return refused(connected.error().code, u"another Warder holds the data directory, but does not answer at %1"_s.arg(connected.error().detail));
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
