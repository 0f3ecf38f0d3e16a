#include "core/http/GateWire.h"

#include <QAbstractSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace warder::wire {
namespace {

QAbstractSocket *socketOf(QIODevice &wire) { return qobject_cast<QAbstractSocket *>(&wire); }

} // namespace

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
