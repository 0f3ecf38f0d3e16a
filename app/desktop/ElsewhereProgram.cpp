#include "app/desktop/ElsewhereProgram.h"

#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"
#include "app/desktop/DesktopProgram.h"
#include "core/base/Clock.h"
#include "core/platform/Process.h"
#include "core/telemetry/Log.h"
#include "ui/Desktop.h"
#include "ui/elsewhere/RecentPlaces.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString configFolder() { return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/warder"_s; }

/// One a place, by a name that no other place has, and no longer than a file's may be.
QString folderOf(const RemotePlace &place)
{
    constexpr qsizetype longest = 200;
    const QByteArray name = QUrl::toPercentEncoding(place.toText(), "@:");
    const bool isLong = name.size() > longest;
    return configFolder() + u"/elsewhere/"_s
           + QString::fromLatin1(isLong ? QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex() : name);
}

} // namespace

QString placesFile() { return configFolder() + u"/elsewhere.ini"_s; }

void startElsewhere(const QString &place) { QProcess::startDetached(platform::ownProgram(), {u"--connect"_s, place}); }

ElsewhereProgram::ElsewhereProgram(const RemotePlace &place, QString package)
    : m_folder(folderOf(place)), m_package(std::move(package)), m_single(m_folder), m_line(place), m_console(place)
{
    QObject::connect(&m_signals, &ProcessSignals::stopRequested, qApp, [this] {
        m_stopped = true;
        QCoreApplication::quit();
    });
    QObject::connect(&m_console, &SshConsole::stateChanged, &m_line, [this] { follow(); });
    QObject::connect(&m_line, &RemoteLine::attemptWanted, &m_console, &SshConsole::open);
}

int ElsewhereProgram::run()
{
    const auto place = m_single.enter();
    if (!place)
        return refuseToStart({}, place.error(), CannotRun);
    const QString name = m_line.place().toText();
    if (*place == SingleWindow::Place::Later) {
        printLine(u"warder: the window on %1 is open already and came to the front"_s.arg(name));
        return Done;
    }
    configureLog({});
    routeQtMessagesToLog();
    printLine(u"warder: this is the window of the server on %1"_s.arg(name));
    std::fflush(stdout);
    return m_stopped ? int(Done) : show();
}

void ElsewhereProgram::follow()
{
    if (m_console.state().phase == RemoteLineState::Phase::Connected)
        RecentPlaces(placesFile()).remember(m_line.place().toText());
    m_line.set(m_console.state());
}

int ElsewhereProgram::show()
{
    const SystemClock clock;
    QSettings memory(m_folder + u"/window.ini"_s, QSettings::IniFormat);
    Desktop desktop({.console = m_console.console(),
                     .clock = clock,
                     .memory = memory,
                     .ofService = true,
                     .installation = {.package = m_package, .placesFile = placesFile()},
                     .elsewhere = &m_line});
    QObject::connect(&desktop, &Desktop::quitRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&desktop, &Desktop::connectRequested, qApp, [](const QString &place) { startElsewhere(place); });
    QObject::connect(&m_single, &SingleWindow::raiseWanted, &desktop, &Desktop::open);
    desktop.open();
    m_console.open();
    return QApplication::exec();
}

} // namespace warder
