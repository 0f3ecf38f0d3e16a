#pragma once

#include "core/console/wire/RemoteConsole.h"

#include <memory>

namespace warder {

/// The server that this machine runs for all of its users, as seen by one of them. Main thread.
class MachineService final
{
public:
    /// `dataDirectory`: of that server, such as /var/lib/warder.
    explicit MachineService(QString dataDirectory) : m_directory(std::move(dataDirectory)) {}

    const QString &dataDirectory() const { return m_directory; }
    /// Whether this machine has one, running or not.
    bool isThere() const;
    bool isServing() const;
    /// Whether we may open its console as who we are.
    bool isOpen() const;

    /// Its console: directly where it is open, else by a program that an administrator lets run as the server's user (pkexec asks for
    /// the password; this waits for it with an event loop). The refusal is in the words of that program, for people who know the system.
    Result<std::unique_ptr<RemoteConsole>> connect() const;

private:
    Result<std::unique_ptr<RemoteConsole>> connectAsOwner() const;

    QString m_directory;
};

} // namespace warder
