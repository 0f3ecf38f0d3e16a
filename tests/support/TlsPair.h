#pragma once

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <memory>

namespace warder::test {

/// Two ends of a connection over localhost, one thread. Both are kept until the next handshake.
class TlsPair final : private QTcpServer
{
public:
    explicit TlsPair(const QSslConfiguration &server) : m_configuration(server) { listen(QHostAddress::LocalHost); }

    /// Greets as `client` says, checking the server as `name`. True when both ends finished; a byte has crossed each way then,
    /// so also what 1.3 sends after the handshake has arrived.
    bool greet(const QSslConfiguration &client, const QString &name = QStringLiteral("localhost"));

    QSslSocket &client() { return *m_client; }
    QSslSocket &server() { return *m_server; }
    quint16 port() const { return serverPort(); }

private:
    void incomingConnection(qintptr descriptor) override;
    bool exchange();

    const QSslConfiguration m_configuration;
    std::unique_ptr<QSslSocket> m_client;
    std::unique_ptr<QSslSocket> m_server;
};

} // namespace warder::test
