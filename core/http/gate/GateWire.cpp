#include "core/http/gate/GateWire.h"

#include <QAbstractSocket>

#include <utility>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
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

void Hold::take(QIODevice &wire)
{
    if (m_taken)
        return;
    m_taken = true;
    m_padded = wire.bytesAvailable() == 0;
    if (m_padded)                          // an empty buffer would read on
        wire.ungetChar(0);
    setReadBuffer(wire, 1);
}

void Hold::release(QIODevice &wire)
{
    m_taken = false;
    if (std::exchange(m_padded, false) && wire.isOpen())
        wire.skip(1);
    setReadBuffer(wire, readBuffer);
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
    if (socket && socket->socketDescriptor() >= 0)
        ::shutdown(int(socket->socketDescriptor()), sending);
}

void abort(QIODevice &wire)
{
    if (auto *socket = socketOf(wire))
        socket->abort();
}

} // namespace warder::wire
