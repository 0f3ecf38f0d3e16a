#include "app/cli/Serve.h"

#include "app/Greeting.h"
#include "app/Running.h"
#include "app/ServiceManager.h"
#include "app/StopSignals.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace warder {

int serve(const StartOptions &options, const Settings &settings)
{
    const StopSignals signals_;
    ServiceManager systemd;
    const auto running = Running::open(options.dataDirectory, settings);
    if (!running) {
        printError(running.error());
        return CannotRun;
    }
    if (const auto started = (*running)->server().start(); !started) {
        printError(started.error());
        return CannotRun;
    }
    const QString url = (*running)->server().view().url;
    printLine(greetingFor(url));
    std::fflush(stdout);
    systemd.ready(u"Serves %1"_s.arg(url));
    systemd.watch([&server = (*running)->server()] { return server.view().state != ServerState::Failed; });
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, &systemd, &ServiceManager::stopping);
    QObject::connect(&signals_, &StopSignals::stopRequested, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace warder
