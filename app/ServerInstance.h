#pragma once

#include "app/CommandLine.h"
#include "app/Server.h"
#include "core/assembly/Core.h"
#include "core/config/Settings.h"
#include "core/console/Console.h"
#include "core/console/wire/ConsoleSocket.h"
#include "core/crypto/CryptoLibraries.h"

#include <memory>

namespace warder {

/// A whole server without a window: core, HTTP, the local socket for the command line. `warder` and `warderd serve` each own one.
class ServerInstance final
{
public:
    /// Locks the data directory and answers on the local socket; HTTP waits for server().start(). `inherited`: see Server. The refusal
    /// says what to do.
    static Result<std::unique_ptr<ServerInstance>> open(const StartOptions &options, const Settings &settings,
                                                        const QList<int> &inherited = {}, NewKey newKey = NewKey::InFile);
    /// The same on a data directory that is locked already.
    static Result<std::unique_ptr<ServerInstance>> openOn(DataDirectory directory, const StartOptions &options, const Settings &settings,
                                                          const QList<int> &inherited, NewKey newKey);
    ~ServerInstance();

    /// Of what was ordered, all is carried out and answered; nothing can be ordered any more: console() is gone. HTTP is served on.
    void endConsoles();

    /// Ends it, and gives its data directory on, which stays locked.
    static DataDirectory letGo(std::unique_ptr<ServerInstance> running);

    Server &server() { return *m_server; }
    Console &console() { return *m_console; }
    Backups &backups() { return m_core->backups; }
    Settings settings() const { return m_core->settings.get(); } ///< That are in force.
    /// Others were to be, and it could not be opened with them: the problem reload_failed, until settings are read without one.
    void noteRefusedSettings(const Error &why);

private:
    ServerInstance() = default;
    void end();

    CryptoLibraries m_libraries;
    SystemClock m_clock;
    std::unique_ptr<Core> m_core;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Console> m_console;     ///< The window's; `warderd` leaves it unused.
    std::unique_ptr<Console> m_commandLine; ///< The socket's: another actor in the audit record.
    std::unique_ptr<ConsoleSocket> m_socket;
};

} // namespace warder
