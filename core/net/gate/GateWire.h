#pragma once

#include "core/net/gate/GatePeer.h"

#include <memory>

class QAbstractSocket;

/// The few things the gate does to a connection that Qt has no word for. The only place that knows which kinds of connection there are.
namespace warder::wire {

/// The connection that arrived: a QSslSocket (not yet encrypted) if TLS is to come. Null when the client is gone already; the
/// descriptor is closed then.
std::unique_ptr<QAbstractSocket> open(const AcceptedConnection &accepted, bool withTls);

/// A TCP socket that is connected to nothing; negative if there is none to be had.
qintptr openUnconnected();

/// Turns away a connection that was accepted.
void close(qintptr descriptor);

/// Bytes that the kernel has not taken yet, encrypted ones among them.
qint64 unsent(const QAbstractSocket &wire);

/// Says "no more from us". Call when nothing is unsent. Over TCP reading goes on; over TLS the connection closes, after the
/// alert that tells the client that nothing is missing.
void finishSending(QAbstractSocket &wire);

/// While taken, nothing is read from the kernel, and so a half-closed client is not noticed (QTcpSocket would close both
/// directions and lose the answer) and cannot fill our memory. Release it before reading: it may stand on a byte of padding.
class Hold final
{
public:
    void take(QAbstractSocket &wire);
    void release(QAbstractSocket &wire);
    bool isTaken() const { return m_taken; }

private:
    bool m_taken = false;
    bool m_padded = false;
};

} // namespace warder::wire
