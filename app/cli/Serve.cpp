#include "app/cli/Commands.h"

#include "app/Greeting.h"
#include "app/ProcessSignals.h"
#include "app/ServerInstance.h"
#include "app/ServiceManager.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString statusOf(const Server &server)
{
    const ServerView view = server.view();
    const auto refusal = std::ranges::find(view.problems, "reload_failed"_L1, &ProblemView::code);
    const QString serves = u"Serves %1"_s.arg(view.addresses.join(u' '));
    return refusal == view.problems.end() ? serves : u"%1 as before, the reload failed: %2"_s.arg(serves, refusal->detail);
}

} // namespace

int serve(const StartOptions &options, const Settings &settings, const QCommandLineParser &)
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
    QObject::connect(&server, &Server::reloaded, &systemd, [&] { systemd.ready(statusOf(server)); });
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, &systemd, &ServiceManager::stopping);
    QObject::connect(&signals_, &ProcessSignals::stopRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&signals_, &ProcessSignals::reloadRequested, qApp, [&] {
        systemd.reloading();
        (void)server.reload();
    });
    return QCoreApplication::exec();
}

} // namespace warder
