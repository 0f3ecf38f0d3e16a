// Warder with its window.

#include "app/CommandLine.h"
#include "app/Greeting.h"
#include "app/ProcessSetup.h"
#include "app/Running.h"
#include "app/ProcessSignals.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"
#include "core/telemetry/Log.h"
#include "ui/Desktop.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <QSettings>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Without a server there is no window to show this in, and who double-clicked sees no terminal.
int refuseToStart(const Error &error, ExitCode code)
{
    printError(error);
    QMessageBox::critical(nullptr, QApplication::applicationDisplayName(), error.detail);
    return code;
}

int runDesktop(QApplication &application, const StartOptions &options)
{
    const auto settings = loadSettings(options);
    if (!settings)
        return refuseToStart(settings.error(), settings.error().code == ErrorCode::ConfigInvalid ? WrongConfig : CannotRun);
    configureLog(logSetupFrom(settings->text("log.level"_L1), settings->text("log.format"_L1)));
    routeQtMessagesToLog();
    const auto running = Running::open(options, *settings);
    if (!running)
        return refuseToStart(running.error(), CannotRun);

    const SystemClock clock;
    QSettings memory(options.dataDirectory + u"/window.ini"_s, QSettings::IniFormat);
    Desktop desktop({.console = (*running)->console(), .clock = clock, .memory = memory});
    const ProcessSignals processSignals;
    QObject::connect(&desktop, &Desktop::quitRequested, &application, &QApplication::quit);
    QObject::connect(&processSignals, &ProcessSignals::stopRequested, &application, &QApplication::quit);
    QObject::connect(&processSignals, &ProcessSignals::reloadRequested, &application, [&console = (*running)->console()] { (void)console.reloadServer(); });
    if ((*running)->server().start()) { // a refusal shows in the window, which stays usable
        printLine(greetingFor((*running)->server().view().url));
        std::fflush(stdout);
    }
    desktop.open();
    return QApplication::exec();
}

} // namespace
} // namespace warder

int main(int argc, char **argv)
{
    warder::setUpProcess();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"warder"_s);
    QApplication::setApplicationDisplayName(u"Warder"_s);
    QApplication::setApplicationVersion(QStringLiteral(WARDER_VERSION));
    QApplication::setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Warder: an authentication server with its console. `warderd --help` tells of the command line."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(warder::startOptions());
    parser.process(application);
    const auto options = warder::startOptionsFrom(parser);
    return options ? warder::runDesktop(application, *options) : warder::refuseToStart(options.error(), warder::WrongUsage);
}
