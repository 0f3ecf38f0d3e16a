#include "tests/support/TlsPair.h"

#include <QTest>

namespace warder::test {

void TlsPair::incomingConnection(qintptr descriptor)
{
    m_server = std::make_unique<QSslSocket>();
    m_server->setSocketDescriptor(descriptor);
    m_server->setSslConfiguration(m_configuration);
    m_server->startServerEncryption();
}

bool TlsPair::greet(const QSslConfiguration &client, const QString &name)
{
    m_server.reset();
    m_client = std::make_unique<QSslSocket>();
    m_client->setSslConfiguration(client);
    m_client->connectToHostEncrypted(QStringLiteral("127.0.0.1"), serverPort(), name);
    const auto isDecided = [this] {
        const bool bothDone = m_server && m_server->isEncrypted() && m_client->isEncrypted();
        return bothDone || m_client->state() == QAbstractSocket::UnconnectedState
               || (m_server && m_server->error() != QAbstractSocket::UnknownSocketError);
    };
    // A server whose configuration is wrong says so and leaves the connection open.
    return QTest::qWaitFor(isDecided, 20'000) && m_server && m_server->isEncrypted() && m_client->isEncrypted() && exchange();
}

bool TlsPair::exchange()
{
    m_client->write("?");
    if (!QTest::qWaitFor([this] { return m_server->bytesAvailable() == 1; }, 20'000))
        return false;
    m_server->write("!");
    return QTest::qWaitFor([this] { return m_client->bytesAvailable() == 1; }, 20'000);
}

} // namespace warder::test
