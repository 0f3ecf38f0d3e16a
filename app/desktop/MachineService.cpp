#include "app/desktop/MachineService.h"

#include "core/platform/LocalSockets.h"
#include "core/storage/DataDirectory.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int granted = 1;

/// The one that was installed with us.
QString serverProgram()
{
    const QString beside = QStandardPaths::findExecutable(u"warderd"_s, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(u"warderd"_s) : beside;
}

} // namespace

bool MachineService::isThere() const { return QFileInfo::exists(m_directory); }

bool MachineService::isServing() const { return DataDirectory::isInUse(m_directory) || platform::isListenedBelow(m_directory); }

bool MachineService::isOpen() const
{
    RemoteConsole console;
    return console.connectTo(DataDirectory::socketPath(m_directory)).has_value();
}

Result<std::unique_ptr<RemoteConsole>> MachineService::connect() const
{
    if (!isOpen())
        return connectAsOwner();
    auto console = std::make_unique<RemoteConsole>();
    console->attachTo(DataDirectory::socketPath(m_directory));
    return console;
}

Result<std::unique_ptr<RemoteConsole>> MachineService::connectAsOwner() const
{
    const QString asker = QStandardPaths::findExecutable(u"pkexec"_s);
    const QString program = serverProgram();
    if (asker.isEmpty() || program.isEmpty())
        return refused(ErrorCode::NotFound, asker.isEmpty() ? u"pkexec: not found"_s : u"warderd: not found"_s);
    auto [ours, theirs] = platform::socketPair();
    if (!ours.isOpen())
        return refused(ErrorCode::StorageFailure, qt_error_string(errno));
    auto console = std::make_unique<RemoteConsole>();
    auto *relay = new QProcess(console.get()); // which ends it by closing its socket
    relay->setChildProcessModifier([descriptor = theirs.get()] { platform::becomeStandardInput(descriptor); });
    QEventLoop waiting;
    QObject::connect(console.get(), &RemoteConsole::greeted, &waiting, [&waiting] { waiting.exit(granted); });
    QObject::connect(console.get(), &RemoteConsole::closed, &waiting, [&waiting] { waiting.exit(0); });
    relay->start(asker, {u"--user"_s, QFileInfo(m_directory).owner(), program, u"server"_s, u"console"_s, u"--data-dir"_s, m_directory});
    if (!relay->waitForStarted())
        return refused(ErrorCode::StorageFailure, relay->errorString());
    theirs = platform::Descriptor();
    console->adopt(ours.letGo());
    if (waiting.exec() == granted)
        return console;
    relay->waitForFinished(1000);
    return refused(ErrorCode::StorageFailure, QString::fromLocal8Bit(relay->readAllStandardError()).trimmed());
}

} // namespace warder
