#pragma once

#include <QSslSocket>

#include <functional>

namespace warder::test {

/// A client of localhost that trusts certain certificates (PEM) only. One thread, which needs no event loop.
class TlsClient final
{
public:
    /// `before` may write what goes over the connection before the handshake.
    TlsClient(quint16 port, const QByteArray &trusted, const std::function<void(QSslSocket &)> &before = {});

    bool isGood() const { return m_isGood; }
    QSslSocket &socket() { return m_socket; }

    /// Everything that came when `enough` of it did, or the server closed.
    QByteArray ask(const QByteArray &bytes, const std::function<bool(const QByteArray &)> &enough);

private:
    QSslSocket m_socket;
    bool m_isGood = false;
};

} // namespace warder::test
