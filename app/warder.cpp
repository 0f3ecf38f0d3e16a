// Warder with its window.

#include "app/CommandLine.h"
#include "app/Display.h"
#include "app/Greeting.h"
#include "app/ProcessSignals.h"
#include "app/ServerInstance.h"
#include "app/SingleWindow.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"
#include "core/console/wire/RemoteConsole.h"
#include "core/platform/Process.h"
#include "core/platform/ProcessSetup.h"
#include "core/telemetry/Log.h"
#include "ui/Desktop.h"
#include "ui/support/Language.h"
#include "ui/support/UiTexts.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {
namespace {

/// Without a server there is no window to show this in, and who double-clicked sees no terminal.
int refuseToStart(const StartOptions &options, const Error &error, ExitCode code)
{
    printError(error);
    QStringList lines {UiTexts::of(error)};
    for (const Fault &fault : error.faults)
        lines += fault.message;
    QMessageBox box(QMessageBox::Critical, QApplication::applicationDisplayName(), lines.join(u'\n'), QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    if (!options.dataDirectory.isEmpty())
        box.setInformativeText(UiTexts::dataFolder(options.dataDirectory));
    box.exec();
    return code;
}

/// Beside the data; but in the own settings of whoever looks at a folder that belongs to another user.
QString memoryPath(const QString &dataDirectory)
{
    const QFileInfo folder(dataDirectory);
    if (folder.ownerId() == platform::currentUser())
        return dataDirectory + u"/window.ini"_s;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/warder/window.ini"_s;
}

int show(const ProcessSignals &processSignals, const StartOptions &options, const SingleWindow &single, Console &console, bool ofService)
{
    const SystemClock clock;
    QSettings memory(memoryPath(options.dataDirectory), QSettings::IniFormat);
    Desktop desktop({.console = console, .clock = clock, .memory = memory, .ofService = ofService});
    QObject::connect(&desktop, &Desktop::quitRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&single, &SingleWindow::raiseWanted, &desktop, &Desktop::open);
    if (!ofService) // a service has a SIGHUP of its own
        QObject::connect(&processSignals, &ProcessSignals::reloadRequested, qApp, [&console] { (void)console.ask(ReloadServer {}); });
    desktop.open();
    return QApplication::exec();
}

/// The console of the server that runs here already, which goes on when the window closes.
int attach(const ProcessSignals &processSignals, const StartOptions &options, const SingleWindow &single)
{
    configureLog({});
    routeQtMessagesToLog();
    RemoteConsole console;
    console.attachTo(DataDirectory::socketPath(options.dataDirectory));
    printLine(u"warder: a server runs on %1; this is its window"_s.arg(options.dataDirectory));
    std::fflush(stdout);
    return show(processSignals, options, single, console, true);
}

/// Whether a server holds the data directory. A command of the command line holds it for a moment, too, and does not answer.
bool isServed(const QString &dataDirectory)
{
    const QDeadlineTimer deadline(10s);
    while (DataDirectory::isInUse(dataDirectory)) {
        RemoteConsole console;
        if (console.connectTo(DataDirectory::socketPath(dataDirectory)) || deadline.hasExpired())
            return true;
        QThread::sleep(50ms);
    }
    return false;
}

int runDesktop(const StartOptions &options)
{
    const ProcessSignals processSignals; // before the server is there: a stop in between waits until it can be a clean one
    QObject::connect(&processSignals, &ProcessSignals::stopRequested, qApp, &QCoreApplication::quit);
    SingleWindow single(options.dataDirectory);
    const auto place = single.enter();
    if (!place)
        return refuseToStart(options, place.error(), CannotRun);
    if (*place == SingleWindow::Place::Later) {
        printLine(u"warder: the window on %1 is open already and came to the front"_s.arg(options.dataDirectory));
        return Done;
    }
    if (isServed(options.dataDirectory))
        return attach(processSignals, options, single);
    const auto settings = loadSettings(options);
    if (!settings)
        return refuseToStart(options, settings.error(), settings.error().code == ErrorCode::ConfigInvalid ? WrongConfig : CannotRun);
    configureLog(LogSetup::from(*settings));
    routeQtMessagesToLog();
    const auto running = ServerInstance::open(options, *settings);
    if (!running && running.error().code == ErrorCode::AlreadyRunning)
        return attach(processSignals, options, single);
    if (!running)
        return refuseToStart(options, running.error(), CannotRun);
    if ((*running)->server().start()) { // a refusal shows in the window, which stays usable
        printLine(greetingFor((*running)->server().view().url));
        std::fflush(stdout);
    }
    return show(processSignals, options, single, (*running)->console(), false);
}

/// What is only told needs no display.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    const auto isQuestion = [](const QByteArray &word) {
        return word == "--help" || word == "-h" || word == "--help-all" || word == "--version" || word == "-v";
    };
    if (std::any_of(argv, argv + argc, isQuestion))
        return std::make_unique<QCoreApplication>(argc, argv);
    std::unique_ptr<QApplication> application;
    orSayThatThereIsNoDisplay([&] { application = std::make_unique<QApplication>(argc, argv); });
    QApplication::setApplicationDisplayName(u"Warder"_s);
    QApplication::setDesktopFileName(u"org.warder.Warder"_s); // on Wayland the only way to the icon
    speak(QLocale());
    QApplication::setQuitOnLastWindowClosed(false);
    return application;
}

} // namespace
} // namespace warder

int main(int argc, char **argv)
{
    warder::setUpProcess();
    const auto application = warder::makeApplication(argc, argv);
    QApplication::setApplicationName(u"warder"_s);
    QApplication::setApplicationVersion(QStringLiteral(WARDER_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Warder: an authentication server with its console. `warderd --help` tells of the command line."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions(warder::startOptions());
    parser.process(*application);
    if (!qobject_cast<QApplication *>(application.get()))
        parser.showHelp(warder::WrongUsage); // "--help" as the value of an option
    const auto options = warder::startOptionsFrom(parser);
    return options ? warder::runDesktop(*options) : warder::refuseToStart({}, options.error(), warder::WrongUsage);
}
