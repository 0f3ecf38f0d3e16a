#include "core/net/gate/GateWire.h"

#include <QSslSocket>

#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace warder::wire {
namespace {

/// The kernel holds back what is beyond this.
constexpr qint64 readBuffer = 64 * 1024;

} // namespace

void close(qintptr descriptor) { ::close(int(descriptor)); }

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
    socket->setReadBufferSize(readBuffer);
    return socket;
}

qint64 unsent(const QAbstractSocket &wire)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&wire);
    return wire.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void Hold::take(QAbstractSocket &wire)
{
    if (m_taken)
        return;
    m_taken = true;
    m_padded = wire.bytesAvailable() == 0;
    if (m_padded) // an empty buffer would read on
        wire.ungetChar(0);
    wire.setReadBufferSize(1);
}

void Hold::release(QAbstractSocket &wire)
{
    m_taken = false;
    if (std::exchange(m_padded, false) && wire.isOpen())
        wire.skip(1);
    wire.setReadBufferSize(readBuffer);
    if (qobject_cast<QSslSocket *>(&wire)) {
        char next = 0;
        wire.peek(&next, 1); // or what came in the same TLS record stays undecrypted until the client sends more
    }
}

void finishSending(QAbstractSocket &wire)
{
    if (auto *tls = qobject_cast<QSslSocket *>(&wire); tls && tls->isEncrypted())
        tls->disconnectFromHost();
    else if (wire.socketDescriptor() >= 0)
        ::shutdown(int(wire.socketDescriptor()), SHUT_WR);
}

} // namespace warder::wire
