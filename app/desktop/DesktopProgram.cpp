#include "app/desktop/DesktopProgram.h"

#include "app/Greeting.h"
#include "app/ServerHost.h"
#include "app/cli/Output.h"
#include "app/desktop/ElsewhereProgram.h"
#include "core/platform/Process.h"
#include "core/telemetry/Log.h"
#include "ui/Desktop.h"
#include "ui/support/DialogButtons.h"
#include "ui/support/Language.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ButtonFocus.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {
namespace {

const QString choiceKey = u"program/server"_s; // "own", "service"

/// Beside the data; but in the own settings of whoever looks at a folder that belongs to another user.
QString memoryPath(const QString &dataDirectory)
{
    const QFileInfo folder(dataDirectory);
    if (folder.ownerId() == platform::currentUser())
        return dataDirectory + u"/window.ini"_s;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/warder/window.ini"_s;
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

void printNow(const QString &line)
{
    printLine(line);
    std::fflush(stdout);
}

void logAsAWindow()
{
    configureLog({});
    routeQtMessagesToLog();
}

} // namespace

void setUpDesktopApplication()
{
    QApplication::setApplicationDisplayName(u"Warder"_s);
    QApplication::setDesktopFileName(u"org.warder.Warder"_s); // on Wayland the only way to the icon
    QApplication::setQuitOnLastWindowClosed(false);
    installTranslations(QLocale());
    keepStyleIconsOffButtons();
    showFocusOfDefaultButtons();
}

int refuseToStart(const StartOptions &options, const Error &error, ExitCode code)
{
    printError(error);
    QMessageBox box(QMessageBox::NoIcon, QApplication::applicationDisplayName(), UiTexts::of(error), QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    if (!options.dataDirectory.isEmpty())
        box.setInformativeText(UiTexts::dataFolder(options.dataDirectory));
    box.exec();
    return code;
}

DesktopProgram::DesktopProgram(DesktopStart start)
    : m_start(std::move(start)), m_service(m_start.systemDataDirectory), m_single(m_start.options.dataDirectory), m_hidden(m_start.hidden)
{
    QObject::connect(&m_signals, &ProcessSignals::stopRequested, qApp, [this] {
        m_stopped = true;
        if (m_isShowing)
            QCoreApplication::quit();
        else
            QThread::currentThread()->quit(); // the loop of a question
    });
    QObject::connect(&m_single, &SingleWindow::raiseWanted, qApp, [] {
        if (QWidget *question = QApplication::activeModalWidget()) {
            question->raise();
            question->activateWindow();
        }
    });
}

int DesktopProgram::run()
{
    const QString &directory = m_start.options.dataDirectory;
    const auto place = m_single.enter();
    if (!place)
        return refuseToStart(m_start.options, place.error(), CannotRun);
    if (*place == SingleWindow::Place::Later) {
        printLine(u"warder: the window on %1 is open already and came to the front"_s.arg(directory));
        return Done;
    }
    for (;;) {
        if (const int code = runOnce(); code != again)
            return code;
    }
}

int DesktopProgram::runOnce()
{
    if (isServed(m_start.options.dataDirectory))
        return attach();
    return isServiceWanted() ? runService() : m_stopped ? int(Done) : runOwn();
}

/// Who named a data directory means that one.
bool DesktopProgram::mayChoose() const
{
    const QString &own = m_start.options.dataDirectory;
    return m_service.isThere() && own == personalDataDirectory() && own != m_service.dataDirectory();
}

/// Asks where nobody has answered yet; who is not there cannot be asked.
bool DesktopProgram::isServiceWanted()
{
    if (!mayChoose())
        return false;
    const QString answer = QSettings(memoryPath(m_start.options.dataDirectory), QSettings::IniFormat).value(choiceKey).toString();
    if (!answer.isEmpty() || m_hidden || !m_service.isServing())
        return answer == "service"_L1;
    const ServerChoice choice = service_questions::whichServer(m_service.dataDirectory());
    m_stopped = m_stopped || choice == ServerChoice::Neither;
    choose(choice);
    return choice == ServerChoice::Service;
}

void DesktopProgram::choose(ServerChoice choice)
{
    if (choice != ServerChoice::Neither)
        QSettings(memoryPath(m_start.options.dataDirectory), QSettings::IniFormat)
            .setValue(choiceKey, choice == ServerChoice::Own ? u"own"_s : u"service"_s);
}

int DesktopProgram::runService()
{
    ServerChoice choice = ServerChoice::Service;
    while (choice == ServerChoice::Service && !m_stopped) {
        const bool serves = m_service.isServing();
        if (m_hidden && !(serves && m_service.isOpen())) { // who logs in is not asked for passwords
            printNow(u"warder: the window of this machine's service is not opened at log-in, since that needs a password"_s);
            return Done;
        }
        const auto console = serves ? m_service.connect() : refused(ErrorCode::NotFound);
        if (console) {
            logAsAWindow();
            printNow(u"warder: this is the window of the service on %1"_s.arg(m_service.dataDirectory()));
            return show(**console, m_service.dataDirectory(), true);
        }
        if (!m_stopped)
            choice =
                serves ? service_questions::notAllowed(m_service.dataDirectory(), console.error().detail) : service_questions::notRunning();
    }
    choose(choice);
    return choice == ServerChoice::Own ? again : int(Done);
}

int DesktopProgram::runOwn()
{
    const StartOptions &options = m_start.options;
    const auto settings = loadSettings(options);
    if (!settings)
        return refuseToStart(options, settings.error(), settings.error().code == ErrorCode::ConfigInvalid ? WrongConfig : CannotRun);
    configureLog(LogSetup::from(*settings));
    routeQtMessagesToLog();
    ServerHost host(options, {}, NewKey::InKeychain);
    const auto opened = host.open(*settings);
    if (!opened && opened.error().code == ErrorCode::AlreadyRunning)
        return attach();
    if (!opened)
        return refuseToStart(options, opened.error(), CannotRun);
    if (host.server().start()) // a refusal shows in the window, which stays usable
        printNow(greetingFor(host.server().view().url));
    QObject::connect(&host, &ServerHost::reopenWanted, qApp, [&host, &options] {
        if (const auto opened = host.reopen(); !opened)
            return QCoreApplication::exit(refuseToStart(options, opened.error(), CannotRun));
        (void)host.goOn(); // likewise
    });
    return show(host.console(), options.dataDirectory, false);
}

/// The console of the server that runs on our data directory already, which goes on when the window closes.
int DesktopProgram::attach()
{
    logAsAWindow();
    RemoteConsole console;
    console.attachTo(DataDirectory::socketPath(m_start.options.dataDirectory));
    printNow(u"warder: a server runs on %1; this is its window"_s.arg(m_start.options.dataDirectory));
    return show(console, m_start.options.dataDirectory, true);
}

/// `shown`: the data directory of the server that the window is to show.
Installation DesktopProgram::installation(const QString &shown, bool ofService) const
{
    const QString &own = m_start.options.dataDirectory;
    QStringList command {platform::ownProgram(), u"--hidden"_s};
    if (own != personalDataDirectory())
        command += {u"--data-dir"_s, own};
    for (const QString &assignment : m_start.options.assignments)
        command += {u"--set"_s, assignment};
    return {.package = m_start.package,
            .startCommand = ofService ? QStringList() : command,
            .hasService = mayChoose() && (!ofService || shown != own),
            .placesFile = placesFile()};
}

int DesktopProgram::show(Console &console, const QString &directory, bool ofService)
{
    const SystemClock clock;
    QSettings memory(memoryPath(directory), QSettings::IniFormat);
    Desktop desktop(
        {.console = console, .clock = clock, .memory = memory, .ofService = ofService, .installation = installation(directory, ofService)});
    QObject::connect(&desktop, &Desktop::quitRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&desktop, &Desktop::switchRequested, qApp, [&] {
        choose(ofService ? ServerChoice::Own : ServerChoice::Service);
        QCoreApplication::exit(again);
    });
    QObject::connect(&desktop, &Desktop::connectRequested, qApp, [](const QString &place) { startElsewhere(place); });
    QObject::connect(&m_single, &SingleWindow::raiseWanted, &desktop, &Desktop::open);
    if (!ofService) // a service has a SIGHUP of its own
        QObject::connect(&m_signals, &ProcessSignals::reloadRequested, &desktop, [&console] { (void)console.ask(ReloadServer {}); });
    if (std::exchange(m_hidden, false))
        desktop.openHidden();
    else
        desktop.open();
    m_isShowing = true;
    const int code = m_stopped ? int(Done) : QApplication::exec();
    m_isShowing = false;
    return code;
}

} // namespace warder
