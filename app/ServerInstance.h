#pragma once

#include "app/CommandLine.h"
#include "app/Server.h"
#include "core/console/wire/ConsoleSocket.h"
#include "core/crypto/CryptoLibraries.h"

namespace warder {

/// A whole running server without a face: core, HTTP, the local socket for the command line. Both programs have one.
class ServerInstance final
{
public:
    /// Takes the data directory and opens everything; does not listen yet. `inherited`: see Server. The refusal says what to do.
    static Result<std::unique_ptr<ServerInstance>> open(const StartOptions &options, const Settings &settings,
                                                        const QList<int> &inherited = {});
    ~ServerInstance();

    Server &server() { return *m_server; }
    Console &console() { return *m_console; }

private:
    ServerInstance() = default;

    CryptoLibraries m_libraries;
    SystemClock m_clock;
    std::unique_ptr<Core> m_core;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Console> m_console;     ///< The window's.
    std::unique_ptr<Console> m_commandLine; ///< The socket's: another actor in the audit record.
    std::unique_ptr<ConsoleSocket> m_socket;
};

} // namespace warder
