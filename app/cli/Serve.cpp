#include "app/cli/Serve.h"

#include "app/Greeting.h"
#include "app/Running.h"
#include "app/ProcessSignals.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"

#include <QCoreApplication>

namespace warder {

int serve(const StartOptions &options, const Settings &settings)
{
    const ProcessSignals signals_;
    const auto running = Running::open(options, settings);
    if (!running) {
        printError(running.error());
        return CannotRun;
    }
    if (const auto started = (*running)->server().start(); !started) {
        printError(started.error());
        return CannotRun;
    }
    printLine(greetingFor((*running)->server().view().url));
    std::fflush(stdout);
    QObject::connect(&signals_, &ProcessSignals::stopRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&signals_, &ProcessSignals::reloadRequested, qApp, [&server = (*running)->server()] { (void)server.reload(); });
    return QCoreApplication::exec();
}

} // namespace warder
