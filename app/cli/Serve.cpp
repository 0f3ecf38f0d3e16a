#include "app/cli/Commands.h"

#include "app/Greeting.h"
#include "app/ProcessSignals.h"
#include "app/ServerHost.h"
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

/// Tells how the server is that there is now.
void attend(ServerHost &host, ServiceManager &systemd)
{
    systemd.ready(statusOf(host.server()));
    systemd.watch([&host] { return host.isThere() && host.server().isAlive(); });
    QObject::connect(&host.server(), &Server::reloaded, &systemd, [&host, &systemd] { systemd.ready(statusOf(host.server())); });
}

/// The process and its sockets stay, so that whoever runs it sees nothing but another line of status.
void reopen(ServerHost &host, ServiceManager &systemd)
{
    Result<void> served;
    systemd.status(u"Opens anew"_s);
    systemd.during([&] { served = host.reopen().and_then([&host] { return host.goOn(); }); });
    if (served)
        attend(host, systemd);
    else
        QCoreApplication::exit(cannotRun(served.error()));
}

} // namespace

int serve(const StartOptions &options, const Settings &settings, const QCommandLineParser &)
{
    const ProcessSignals signals_;
    ServiceManager systemd;
    const auto sockets = ServiceManager::inheritedSockets();
    if (!sockets)
        return cannotRun(sockets.error());
    ServerHost host(options, *sockets);
    if (const auto started = host.open(settings).and_then([&host] { return host.server().start(); }); !started)
        return cannotRun(started.error());
    printLine(greetingFor(host.server().view().url));
    std::fflush(stdout);
    attend(host, systemd);
    QObject::connect(&host, &ServerHost::reopenWanted, &systemd, [&host, &systemd] { reopen(host, systemd); });
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, &systemd, &ServiceManager::stopping);
    QObject::connect(&signals_, &ProcessSignals::stopRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&signals_, &ProcessSignals::reloadRequested, qApp, [&host, &systemd] {
        if (!host.isThere()) // the program ends
            return;
        systemd.reloading();
        (void)host.server().reload();
    });
    return QCoreApplication::exec();
}

} // namespace warder
