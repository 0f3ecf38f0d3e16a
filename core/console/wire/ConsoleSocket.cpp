#include "core/console/wire/ConsoleSocket.h"

#include "core/console/wire/ConsoleClient.h"
#include "core/platform/Process.h"
#include "core/telemetry/Log.h"

#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostClients = 16;
constexpr Seconds keepEvery {2};

/// 0: there is none.
quint64 inodeOf(const QString &path) { return platform::linkStatusOf(path).value_or(platform::FileStatus()).version.inode; }

bool isTrusted(const QLocalSocket &client)
{
    const auto peer = platform::peerOf(client.socketDescriptor());
    return peer && (*peer == platform::currentUser() || *peer == 0);
}

} // namespace

ConsoleSocket::ConsoleSocket(Console &console) : m_console(console)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(mostClients);
    connect(&m_server, &QLocalServer::newConnection, this, &ConsoleSocket::welcome);
    connect(&m_keeping, &QTimer::timeout, this, &ConsoleSocket::keepFile);
}

ConsoleSocket::~ConsoleSocket()
{
    m_server.close();
    for (ConsoleClient *client : m_server.findChildren<ConsoleClient *>())
        client->close();
}

Result<void> ConsoleSocket::listen(const QString &path)
{
    m_path = path;
    m_name = std::make_unique<SocketPath>(path);
    m_keeping.start(keepEvery);
    return listenAgain();
}

Result<void> ConsoleSocket::listenAgain()
{
    QLocalServer::removeServer(m_name->name());
    if (!m_server.listen(m_name->name()))
        return refused(ErrorCode::StorageFailure, u"the console's socket %1 cannot be made: %2"_s.arg(m_path, m_server.errorString()));
    m_file = inodeOf(m_path);
    return {};
}

/// Without its file nobody finds us, and whoever cleans up folders takes sockets for rubbish.
void ConsoleSocket::keepFile()
{
    if (m_file != 0 && inodeOf(m_path) == m_file)
        return;
    m_server.close();
    if (listenAgain())
        log(LogLevel::Warning, "console_socket_remade"_L1, {{"why"_L1, u"somebody removed or replaced %1"_s.arg(m_path)}});
    else
        m_file = 0;
}

void ConsoleSocket::welcome()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        if (!isTrusted(*client) || m_server.findChildren<QLocalSocket *>().size() > mostClients) {
            client->abort();
            client->deleteLater();
            continue;
        }
        new ConsoleClient(m_console, client); // which owns it
    }
}

} // namespace warder
