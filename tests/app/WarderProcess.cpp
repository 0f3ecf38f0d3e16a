#include "tests/app/WarderProcess.h"

#include "tests/app/CommandHere.h"

#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>

#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QProcessEnvironment environmentWith(const QStringList &added)
{
    static const QStringList ofSystemd {u"JOURNAL_STREAM"_s, u"NOTIFY_SOCKET"_s, u"WATCHDOG_USEC"_s, u"WATCHDOG_PID"_s, u"LISTEN_FDS"_s};
    QProcessEnvironment environment;
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (!name.startsWith("WARDER_"_L1) && !ofSystemd.contains(name))
            environment.insert(name, qEnvironmentVariable(name.toUtf8()));
    }
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s); // whose keychain it may be is not a test's business
    for (const QString &each : added)
        environment.insert(each.section(u'=', 0, 0), each.section(u'=', 1));
    return environment;
}

void prepare(QProcess &process, const ProgramOptions &options)
{
    process.setProgram(options.program);
    process.setProcessEnvironment(environmentWith(options.environment));
    if (options.user == 0) // for another the C library looks for all threads, which are the parent's then
        process.setUnixProcessParameters(QProcess::UnixProcessFlag::UseVFork); // a sanitizer's memory is slow to fork
    process.setChildProcessModifier([asOrdinaryUser = options.asOrdinaryUser, user = options.user] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (asOrdinaryUser) {
            prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE); // refused where we never had it
            prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
            prctl(PR_CAPBSET_DROP, CAP_NET_BIND_SERVICE);
            prctl(PR_CAPBSET_DROP, CAP_SETUID);
            prctl(PR_CAPBSET_DROP, CAP_SETGID);
        }
        if (user != 0 && (setgroups(0, nullptr) != 0 || setgid(user) != 0 || setuid(user) != 0))
            _exit(99);
    });
}

void begin(QProcess &process, const QStringList &arguments, const ProgramOptions &options)
{
    // A command waits for one answer of its own worker, in a future of Qt's, whose lock TSan cannot see.
    const QString tsan = u"TSAN_OPTIONS=%1 report_bugs=0"_s.arg(qEnvironmentVariable("TSAN_OPTIONS"));
    ProgramOptions all = options;
    all.environment.prepend(tsan);
    prepare(process, all);
    process.setArguments(arguments);
    process.start();
    process.write(options.input);
    process.waitForBytesWritten(patienceMs);
    process.closeWriteChannel();
}

ProgramAnswer end(QProcess &process)
{
    if (!process.waitForFinished(patienceMs)) {
        process.kill();
        process.waitForFinished(patienceMs);
    }
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            .out = process.readAllStandardOutput(),
            .err = process.readAllStandardError()};
}

QString logPath(const QString &dataDirectory) { return dataDirectory + u".log"_s; }

} // namespace

QStringList quickSettings()
{
    return {u"--set"_s, u"passwords.argon2_memory_kib=128"_s, u"--set"_s, u"passwords.argon2_iterations=1"_s,
            u"--set"_s, u"rate_limit.enabled=false"_s,        u"--set"_s, u"http.threads=2"_s,
            u"--set"_s, u"tokens.issuer=http://localhost"_s}; // the port is another one after a restart, and tokens should live
}

QString WarderProcess::program() { return QStringLiteral(WARDERD); }
QString WarderProcess::programElsewhere() { return QStringLiteral(WARDERD_ELSEWHERE); }
QStringList WarderProcess::librariesOfPrograms() { return QStringLiteral(WARDER_LIBRARIES).split(u' ', Qt::SkipEmptyParts); }

WarderProcess::WarderProcess(const QString &dataDirectory, const QStringList &environment, const QString &program)
    : m_dataDirectory(dataDirectory), m_program(program)
{
    prepare(m_process, {.environment = environment});
    m_process.setStandardErrorFile(logPath(dataDirectory), QIODevice::Append); // a pipe that nobody reads would hold it up
}

WarderProcess::~WarderProcess() { kill(); }

/// A shell knows its own number, which LISTEN_PID must name, and hands it on to the program that takes its place.
void WarderProcess::begin(const QStringList &arguments)
{
    const QStringList words = arguments + QStringList {u"--data-dir"_s, m_dataDirectory};
    const QString script = u"export LISTEN_PID=$$ LISTEN_FDS=%1; exec \"$0\" \"$@\""_s.arg(m_passedOn.size());
    m_process.setProgram(m_passedOn.isEmpty() ? m_program : u"/bin/sh"_s);
    m_process.setArguments(m_passedOn.isEmpty() ? words : QStringList {u"-c"_s, script, m_program} + words);
    m_process.start();
}

void WarderProcess::passOn(const QList<int> &sockets)
{
    m_passedOn = sockets;
    m_process.setChildProcessModifier([sockets, before = m_process.childProcessModifier()] {
        before();
        std::array<int, 8> aside {}; // out of the way of 3, 4, …
        for (qsizetype i = 0; i < sockets.size(); ++i)
            aside.at(size_t(i)) = ::fcntl(sockets[i], F_DUPFD_CLOEXEC, 64);
        for (qsizetype i = 0; i < sockets.size(); ++i)
            ::dup2(aside.at(size_t(i)), 3 + int(i));
    });
}

bool WarderProcess::passOn(QTcpServer &listening)
{
    const bool listens = listening.listen(QHostAddress::LocalHost);
    listening.pauseAccepting();
    passOn(QList<int> {int(listening.socketDescriptor())});
    return listens;
}

bool WarderProcess::start(const QStringList &arguments)
{
    static const QRegularExpression place(u"serves https?://localhost:(\\d+)"_s);
    begin(QStringList {u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s} + arguments);
    QByteArray said;
    while (!place.match(QString::fromUtf8(said)).hasMatch() && m_process.waitForReadyRead(patienceMs))
        said += m_process.readAllStandardOutput();
    m_greetings += said;
    m_port = place.match(QString::fromUtf8(said)).captured(1).toUShort();
    return m_port != 0;
}

void WarderProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(patienceMs);
}

void WarderProcess::signal(int number) const { ::kill(pid_t(m_process.processId()), number); }

std::optional<int> WarderProcess::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patienceMs))
        return std::nullopt;
    m_greetings += m_process.readAllStandardOutput();
    const int code = m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    if (code > 0)
        qWarning("warderd ended with %d:\n%s", code, log().constData()); // a sanitizer's reasons
    return code;
}

std::optional<int> WarderProcess::stop()
{
    signal(SIGTERM);
    return waitForEnd();
}

bool WarderProcess::configure(const QByteArray &lines) const
{
    QFile file(m_dataDirectory + u"/warder.conf"_s);
    return file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size();
}

QByteArray WarderProcess::log() const
{
    QFile file(logPath(m_dataDirectory));
    return m_greetings + (file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
}

ProgramAnswer WarderProcess::command(const QStringList &words, const QByteArray &input) const
{
    return runWarderd(words + QStringList {u"--data-dir"_s, m_dataDirectory}, {.input = input});
}

ProgramAnswer WarderProcess::commandHere(const QStringList &words, const QByteArray &input) const
{
    return runHere(words + QStringList {u"--data-dir"_s, m_dataDirectory}, input);
}

bool WarderProcess::makeData() const { return makeDataHere(m_dataDirectory); }

ProgramAnswer runWarderd(const QStringList &arguments, const ProgramOptions &options) { return runTogether({arguments}, options).first(); }

QList<ProgramAnswer> runTogether(const QList<QStringList> &lines, const ProgramOptions &options)
{
    std::vector<QProcess> processes(size_t(lines.size()));
    for (qsizetype i = 0; i < lines.size(); ++i)
        begin(processes[size_t(i)], lines[i], options);
    QList<ProgramAnswer> answers;
    for (QProcess &process : processes)
        answers += end(process);
    return answers;
}

} // namespace warder::test
