#include "app/remote/SshArguments.h"

#include <QStandardPaths>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// All that is ever run there. Nothing of ours is put into it: a shell reads it.
const QString question = u"warderd server socket"_s;

QStringList options(const QStringList &all)
{
    QStringList words;
    for (const QString &each : all)
        words << u"-o"_s << each;
    return words;
}

bool hasDisplay() { return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"); }

} // namespace

QStringList SshArguments::place() const
{
    QStringList words {u"-T"_s, u"-a"_s, u"-x"_s, u"-S"_s, m_control};
    if (!m_place.user.isEmpty())
        words << u"-l"_s << m_place.user;
    if (m_place.port > 0)
        words << u"-p"_s << QString::number(m_place.port);
    return words << u"--"_s << m_place.host;
}

/// Whoever shares a connection needs no configuration, the forwardings of which would come along, and asks nobody: where the connection
/// has ended there is nothing to share, and none is begun.
QStringList SshArguments::shared() const
{
    return QStringList {u"-F"_s, u"none"_s} + options({u"BatchMode=yes"_s, u"ControlMaster=no"_s, u"ProxyCommand=false"_s});
}

QStringList SshArguments::line(Asking asking) const
{
    const bool mayAsk = asking == Asking::ByWindow;
    QStringList words {u"-M"_s, u"-N"_s};
    words += options({u"BatchMode="_s + (mayAsk ? u"no"_s : u"yes"_s), u"StrictHostKeyChecking="_s + (mayAsk ? u"ask"_s : u"yes"_s),
                      u"ConnectTimeout=20"_s, u"ServerAliveInterval=5"_s, u"ServerAliveCountMax=3"_s, u"ClearAllForwardings=yes"_s,
                      u"StreamLocalBindMask=0177"_s, u"StreamLocalBindUnlink=yes"_s, u"ControlPersist=no"_s, u"RemoteCommand=none"_s,
                      u"PermitLocalCommand=no"_s, u"LogLevel=INFO"_s});
    return words + place();
}

QStringList SshArguments::forward(const QString &localSocket, const QString &remoteSocket) const
{
    return QStringList {u"-O"_s, u"forward"_s, u"-L"_s, localSocket + u':' + remoteSocket} + shared() + place();
}

QStringList SshArguments::askForSocket() const { return shared() + place() + QStringList {question}; }

QString SshArguments::askPassProgram()
{
    if (!hasDisplay())
        return {};
    if (const QString named = qEnvironmentVariable("SSH_ASKPASS"); !named.isEmpty())
        return named;
    const QStringList folders {u"/usr/libexec/openssh"_s, u"/usr/lib/openssh"_s, u"/usr/lib/ssh"_s, u"/usr/libexec"_s};
    constexpr std::array names {"ssh-askpass"_L1, "ksshaskpass"_L1, "lxqt-openssh-askpass"_L1, "gnome-ssh-askpass"_L1,
                                "x11-ssh-askpass"_L1};
    for (const QLatin1StringView name : names) {
        QString program = QStandardPaths::findExecutable(QString(name));
        if (program.isEmpty())
            program = QStandardPaths::findExecutable(QString(name), folders);
        if (!program.isEmpty())
            return program;
    }
    return {};
}

QProcessEnvironment SshArguments::environment(Asking asking)
{
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.remove(u"SSH_ASKPASS"_s);
    if (asking == Asking::ByWindow) {
        variables.insert(u"SSH_ASKPASS"_s, askPassProgram());
        variables.insert(u"SSH_ASKPASS_REQUIRE"_s, u"force"_s); // never the terminal that the window was started from
    }
    return variables;
}

} // namespace warder
