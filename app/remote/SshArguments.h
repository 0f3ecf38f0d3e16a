#pragma once

#include "core/base/RemotePlace.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace warder {

/// How the system's `ssh` is called for a place: every argument an argument of its own, no line for a shell that holds anything of the
/// place's. The person's own configuration, keys and known hosts hold; what would weaken them or leave something running does not.
class SshArguments final
{
public:
    /// May somebody be asked for a password, a passphrase or a host's key? Only by SSH_ASKPASS, a program with a window.
    enum class Asking { Never, ByWindow };

    /// `control`: the socket by which other calls of ssh share the connection; in a folder of ours.
    SshArguments(const RemotePlace &place, QString control) : m_place(place), m_control(std::move(control)) {}

    /// Keeps the connection until it is ended. What the person's configuration forwards is left out: a port of it may be in use.
    QStringList line(Asking asking) const;
    /// Forwards `remoteSocket` to `localSocket`, over a connection that stands.
    QStringList forward(const QString &localSocket, const QString &remoteSocket) const;
    /// Asks the warderd there for its console's socket, over a connection that stands.
    QStringList askForSocket() const;

    /// The program that asks in a window; empty where there is no display or no such program.
    static QString askPassProgram();
    static QProcessEnvironment environment(Asking asking);

private:
    /// What every call has: over which connection, who, where.
    QStringList place() const;
    QStringList shared() const; ///< What a call over a connection that stands has.

    RemotePlace m_place;
    QString m_control;
};

} // namespace warder
