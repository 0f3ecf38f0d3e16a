#include "app/cli/Commands.h"

#include "app/Greeting.h"
#include "app/ProcessSignals.h"
#include "app/ServerInstance.h"
#include "app/ServiceManager.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString statusOf(const Server &server) { return u"Serves %1"_s.arg(server.view().addresses.join(u' ')); }

} // namespace

int serve(const StartOptions &options, const Settings &settings, bool)
{
    const ProcessSignals signals_;
    ServiceManager systemd;
    const auto sockets = ServiceManager::inheritedSockets();
    if (!sockets)
        return cannotRun(sockets.error());
    const auto running = ServerInstance::open(options, settings, *sockets);
    if (!running)
        return cannotRun(running.error());
    Server &server = (*running)->server();
    if (const auto started = server.start(); !started)
        return cannotRun(started.error());
    printLine(greetingFor(server.view().url));
    std::fflush(stdout);
    systemd.ready(statusOf(server));
    systemd.watch([&server] { return server.isAlive(); });
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, &systemd, &ServiceManager::stopping);
    QObject::connect(&signals_, &ProcessSignals::stopRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&signals_, &ProcessSignals::reloadRequested, qApp, [&] {
        systemd.reloading();
        (void)server.reload(); // which says in the log what it is about
        systemd.ready(statusOf(server));
    });
    return QCoreApplication::exec();
}

} // namespace warder
