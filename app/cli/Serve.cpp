#include "app/cli/Serve.h"

#include "app/Greeting.h"
#include "app/Running.h"
#include "app/StopSignals.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"

#include <QCoreApplication>

namespace warder {

int serve(const StartOptions &options, const Settings &settings)
{
    const StopSignals signals_;
    const auto running = Running::open(options.dataDirectory, settings);
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
    QObject::connect(&signals_, &StopSignals::stopRequested, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace warder
