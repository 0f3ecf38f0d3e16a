#include "core/net/gate/GateWire.h"

#include <QSslSocket>

#include <utility>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace warder::wire {
namespace {

QAbstractSocket *socketOf(QIODevice &wire) { return qobject_cast<QAbstractSocket *>(&wire); }

/// The kernel holds back what is beyond this.
constexpr qint64 readBuffer = 64 * 1024;

void setReadBuffer(QIODevice &wire, qint64 size)
{
    if (auto *socket = socketOf(wire))
        socket->setReadBufferSize(size);
}

} // namespace

void close(qintptr descriptor)
{
#ifdef Q_OS_WIN
    ::closesocket(SOCKET(descriptor));
#else
    ::close(int(descriptor));
#endif
}

qintptr openUnconnected() { return qintptr(::socket(AF_INET, SOCK_STREAM, 0)); }

std::unique_ptr<QAbstractSocket> open(const AcceptedConnection &accepted, bool withTls)
{
    std::unique_ptr<QAbstractSocket> socket;
    if (withTls)
        socket = std::make_unique<QSslSocket>();
    else
        socket = std::make_unique<QTcpSocket>(); // for a unix domain socket too, as QLocalSocket does it
    if (!socket->setSocketDescriptor(accepted.descriptor)) {
        close(accepted.descriptor);
        return nullptr;
    }
    if (!accepted.peer.isUnix)
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    setReadBuffer(*socket, readBuffer);
    return socket;
}

qint64 unsent(const QIODevice &wire)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&wire);
    return wire.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void Hold::take(QIODevice &wire)
{
    if (m_taken)
        return;
    m_taken = true;
    m_padded = wire.bytesAvailable() == 0;
    if (m_padded) // an empty buffer would read on
        wire.ungetChar(0);
    setReadBuffer(wire, 1);
}

void Hold::release(QIODevice &wire)
{
    m_taken = false;
    if (std::exchange(m_padded, false) && wire.isOpen())
        wire.skip(1);
    setReadBuffer(wire, readBuffer);
    if (qobject_cast<QSslSocket *>(&wire)) {
        char next = 0;
        wire.peek(&next, 1); // or what came in the same TLS record stays undecrypted until the client sends more
    }
}

void flush(QIODevice &wire)
{
    if (auto *socket = socketOf(wire))
        socket->flush();
}

void finishSending(QIODevice &wire)
{
#ifdef Q_OS_WIN
    constexpr int sending = SD_SEND;
#else
    constexpr int sending = SHUT_WR;
#endif
    auto *socket = socketOf(wire);
    if (auto *tls = qobject_cast<QSslSocket *>(socket); tls && tls->isEncrypted())
        tls->disconnectFromHost();
    else if (socket && socket->socketDescriptor() >= 0)
        ::shutdown(int(socket->socketDescriptor()), sending);
}

void abort(QIODevice &wire)
{
    if (auto *socket = socketOf(wire))
        socket->abort();
}

} // namespace warder::wire
