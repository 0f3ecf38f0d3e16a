#include "app/remote/SshTunnel.h"

#include "core/platform/Process.h"
#include "core/storage/DataDirectory.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds lookedEvery {50};
constexpr Milliseconds endsWithin {1000};
constexpr qsizetype mostSaid = 8192; // bytes

/// One that ends with us, also when we crash, and asks nothing at the terminal that we were started from.
std::unique_ptr<QProcess> processWith(const QProcessEnvironment &environment)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setChildProcessModifier([] { platform::endWithParent(); });
    return process;
}

void endProcess(std::unique_ptr<QProcess> process)
{
    if (!process)
        return;
    process->disconnect();
    process->terminate();
    if (process->state() != QProcess::NotRunning && !process->waitForFinished(int(endsWithin.count())))
        process->kill();
    process->waitForFinished(int(endsWithin.count()));
}

QString folderTemplate()
{
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return (runtime.isEmpty() ? QDir::tempPath() : runtime) + u"/warder-XXXXXX"_s;
}

/// The last of it: whoever is at the other end may say more than our memory holds.
void keep(QByteArray &kept, const QByteArray &more)
{
    kept += more;
    kept = kept.last(qMin(mostSaid, kept.size()));
}

} // namespace

SshTunnel::SshTunnel(const RemotePlace &place, Milliseconds patience)
    : m_place(place), m_patience(patience), m_folder(folderTemplate()), m_arguments(place, controlPath())
{
    m_looking.setInterval(lookedEvery);
    connect(&m_looking, &QTimer::timeout, this, &SshTunnel::look);
}

SshTunnel::~SshTunnel()
{
    m_looking.stop();
    endProcess(std::move(m_step));
    endProcess(std::move(m_line));
}

QString SshTunnel::socketPath() const { return m_folder.filePath(u"s"_s); }

QString SshTunnel::controlPath() const { return m_folder.filePath(u"c"_s); }

void SshTunnel::open(SshArguments::Asking asking)
{
    if (m_isOpen || m_step || m_looking.isActive())
        return;
    if (!m_line)
        startLine(asking);
    if (m_line)
        m_looking.start();
}

void SshTunnel::startLine(SshArguments::Asking asking)
{
    m_said.clear();
    m_isLetIn = false;
    QFile::remove(socketPath());
    QFile::remove(controlPath()); // whose appearance will say that we are let in
    m_program = QStandardPaths::findExecutable(u"ssh"_s);
    if (m_program.isEmpty() || !m_folder.isValid())
        return fail(m_program.isEmpty() ? faultOfNoSsh() : SshFault {.said = m_folder.errorString()});
    m_line = processWith(SshArguments::environment(asking));
    m_line->setStandardOutputFile(QProcess::nullDevice());
    connect(m_line.get(), &QProcess::readyReadStandardError, this, &SshTunnel::readLine);
    connect(m_line.get(), &QProcess::finished, this, &SshTunnel::endLine);
    connect(m_line.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            endLine();
    });
    m_line->start(m_program, m_arguments.line(asking));
}

/// ssh says nothing when it has got through: its socket appears.
void SshTunnel::look()
{
    if (!QFile::exists(controlPath()))
        return;
    m_looking.stop();
    m_isLetIn = true;
    if (m_place.dataDirectory.isEmpty())
        startStep(m_arguments.askForSocket(), &SshTunnel::readSocket);
    else
        forward(QDir::cleanPath(DataDirectory::socketPath(m_place.dataDirectory)));
}

void SshTunnel::startStep(const QStringList &arguments, void (SshTunnel::*then)())
{
    m_stepOut.clear();
    m_stepSaid.clear();
    m_step = processWith(SshArguments::environment(SshArguments::Asking::Never));
    QTimer::singleShot(m_patience, m_step.get(), &QProcess::kill); // a shell there may wait for something that nobody types
    connect(m_step.get(), &QProcess::readyReadStandardOutput, this, &SshTunnel::readStep);
    connect(m_step.get(), &QProcess::readyReadStandardError, this, &SshTunnel::readStep);
    connect(m_step.get(), &QProcess::finished, this, then);
    connect(m_step.get(), &QProcess::errorOccurred, this, [this, then](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            (this->*then)();
    });
    m_step->start(m_program, arguments);
}

void SshTunnel::readSocket()
{
    readStep();
    const int exitCode = m_step->exitCode();
    m_step.release()->deleteLater(); // it is the one that calls us
    const auto path = socketSaid(exitCode, m_stepOut, m_stepSaid);
    if (!path)
        return fail(path.error());
    forward(*path);
}

void SshTunnel::forward(const QString &remoteSocket)
{
    startStep(m_arguments.forward(socketPath(), remoteSocket), &SshTunnel::readForwarding);
}

void SshTunnel::readForwarding()
{
    readStep();
    m_step.release()->deleteLater();
    if (!QFile::exists(socketPath()))
        return fail(faultOfSsh(m_stepSaid, false));
    m_isOpen = true;
    Q_EMIT opened();
}

void SshTunnel::readLine() { keep(m_said, m_line->readAllStandardError()); }

void SshTunnel::readStep()
{
    keep(m_stepOut, m_step->readAllStandardOutput());
    keep(m_stepSaid, m_step->readAllStandardError());
}

void SshTunnel::endLine()
{
    if (!m_line)
        return;
    readLine();
    m_line.release()->deleteLater();
    dismissStep();
    m_isOpen = false;
    fail(faultOfSsh(m_said, m_isLetIn));
}

void SshTunnel::dismissStep()
{
    if (!m_step)
        return;
    QProcess *step = m_step.release();
    step->setParent(this);
    step->disconnect();
    connect(step, &QProcess::finished, step, &QObject::deleteLater);
    QTimer::singleShot(endsWithin, step, &QProcess::kill);
    step->terminate();
}

void SshTunnel::fail(const SshFault &fault)
{
    m_looking.stop();
    Q_EMIT failed(fault);
}

} // namespace warder
