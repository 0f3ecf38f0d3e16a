#include "app/cli/ConsoleRelay.h"

#include "app/cli/Commands.h"
#include "core/base/Clock.h"
#include "core/platform/LocalSockets.h"
#include "core/platform/SocketPath.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds triedAgainAfter {500};

} // namespace

ConsoleRelay::ConsoleRelay(qintptr client, const QString &socketPath) : m_path(socketPath)
{
    connect(&m_client, &QLocalSocket::readyRead, this, &ConsoleRelay::forwardOrders);
    connect(&m_client, &QLocalSocket::disconnected, this, &ConsoleRelay::finished);
    connect(&m_server, &QLocalSocket::readyRead, this, [this] { m_client.write(m_server.readAll()); });
    connect(&m_server, &QLocalSocket::connected, this, [this] { m_greeted = false; });
    connect(&m_retry, &QTimer::timeout, this, &ConsoleRelay::connectAgain);
    m_client.setSocketDescriptor(client);
    m_retry.start(triedAgainAfter);
    connectAgain();
}

void ConsoleRelay::connectAgain()
{
    const SocketPath name(m_path);
    if (m_server.state() == QLocalSocket::UnconnectedState)
        m_server.connectToServer(name.name());
}

void ConsoleRelay::forwardOrders()
{
    while (m_client.canReadLine()) {
        const QByteArray line = m_client.readLine();
        m_greeted = m_greeted || line.startsWith("{\"hello\"");
        if (m_greeted)
            m_server.write(line);
    }
}

int serverConsole(const QCommandLineParser &, const StartOptions &options)
{
    constexpr int standardInput = 0;
    if (!platform::isLocalSocket(standardInput))
        return wrongUsage(u"stdin is no socket: `warder` gives this command one"_s);
    ConsoleRelay relay(standardInput, DataDirectory::socketPath(options.dataDirectory));
    QObject::connect(&relay, &ConsoleRelay::finished, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace warder
