#include "tests/support/KeyringSession.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

constexpr int patienceMs = 60'000;

/// Without the folders of services, so that nobody is started who was stopped on purpose.
constexpr auto busConfiguration = R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%1/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
)"_L1;

void prepare(QProcess &process, const QStringList &added)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &gone : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"ASAN_OPTIONS"_s})
        environment.remove(gone);
    for (const QString &each : added)
        environment.insert(each.section(u'=', 0, 0), each.section(u'=', 1));
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

void stop(QProcess &process)
{
    process.kill();
    process.waitForFinished(patienceMs);
}

} // namespace

bool KeyringSession::isPossible()
{
    return !QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty()
           && !QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty();
}

KeyringSession::KeyringSession() : m_address(u"unix:path=%1/bus"_s.arg(m_folder.path())) {}

KeyringSession::~KeyringSession()
{
    stopKeyring();
    stopBus();
}

QStringList KeyringSession::environment() const
{
    return {u"HOME="_s + m_folder.path(), u"XDG_RUNTIME_DIR="_s + m_folder.path(), u"XDG_DATA_HOME=%1/data"_s.arg(m_folder.path()),
            u"DBUS_SESSION_BUS_ADDRESS="_s + m_address};
}

void KeyringSession::enter() const
{
    for (const QString &each : environment())
        qputenv(each.section(u'=', 0, 0).toLatin1().constData(), each.section(u'=', 1).toLocal8Bit());
}

QString KeyringSession::startBus()
{
    QFile file(m_folder.filePath(u"bus.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.write(QString(busConfiguration).arg(m_folder.path()).toUtf8());
    file.close();
    prepare(m_bus, environment());
    m_bus.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--nosyslog"_s, u"--print-address"_s, u"--config-file="_s + file.fileName()});
    return m_bus.waitForReadyRead(patienceMs) ? QString() : QString::fromUtf8(m_bus.readAllStandardError());
}

QString KeyringSession::startKeyring(Keyring keyring)
{
    prepare(m_keyring, environment());
    QStringList words {u"--foreground"_s, u"--components=secrets"_s};
    if (keyring == Keyring::Unlocked)
        words += u"--unlock"_s;
    m_keyring.start(u"gnome-keyring-daemon"_s, words);
    if (!m_keyring.waitForStarted(patienceMs))
        return m_keyring.errorString();
    if (keyring == Keyring::Unlocked && (m_keyring.write("testpass") < 0 || !m_keyring.waitForBytesWritten(patienceMs)))
        return m_keyring.errorString();
    m_keyring.closeWriteChannel();
    const QDeadlineTimer deadline(patienceMs);
    while (!isKeyringThere()) {
        if (deadline.hasExpired() || m_keyring.state() == QProcess::NotRunning)
            return u"the keyring did not come: "_s + QString::fromUtf8(m_keyring.readAllStandardError());
    }
    return {};
}

bool KeyringSession::isKeyringThere() const
{
    QProcess question;
    prepare(question, environment());
    question.start(u"dbus-send"_s, {u"--session"_s, u"--print-reply=literal"_s, u"--dest=org.freedesktop.DBus"_s, u"/"_s,
                                    u"org.freedesktop.DBus.NameHasOwner"_s, u"string:org.freedesktop.secrets"_s});
    return question.waitForFinished(patienceMs) && question.readAllStandardOutput().contains("true");
}

void KeyringSession::stopKeyring() { stop(m_keyring); }

void KeyringSession::stopBus() { stop(m_bus); }

void KeyringSession::freezeKeyring(bool frozen) const
{
    if (m_keyring.state() == QProcess::Running) // 0 would be ourselves
        ::kill(pid_t(m_keyring.processId()), frozen ? SIGSTOP : SIGCONT);
}

} // namespace warder::test
