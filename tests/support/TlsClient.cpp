#include "tests/support/TlsClient.h"

#include <QHostAddress>
#include <QSslConfiguration>

namespace warder::test {
namespace {

constexpr int patience = 30'000;

} // namespace

TlsClient::TlsClient(quint16 port, const QByteArray &trusted, const std::function<void(QSslSocket &)> &before)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromData(trusted));
    m_socket.setSslConfiguration(configuration);
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!m_socket.waitForConnected(patience))
        return;
    if (before)
        before(m_socket);
    m_socket.setPeerVerifyName(QStringLiteral("localhost"));
    m_socket.startClientEncryption();
    m_isGood = m_socket.waitForEncrypted(patience);
}

QByteArray TlsClient::ask(const QByteArray &bytes, const std::function<bool(const QByteArray &)> &enough)
{
    m_socket.write(bytes);
    QByteArray received;
    while (!enough(received) && m_socket.waitForReadyRead(patience))
        received += m_socket.readAll();
    return received;
}

} // namespace warder::test
