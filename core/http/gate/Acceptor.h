#pragma once

#include "core/base/Result.h"
#include "core/http/EventThread.h"

#include <QHostAddress>

#include <functional>
#include <memory>

class QTcpServer;

namespace warder {

/// Listens on a thread of its own and hands every connection on. Its methods wait for that thread; from any other thread.
class Acceptor final
{
public:
    /// `handOver` gets the descriptor of each connection, on the acceptor's thread, and owns it.
    explicit Acceptor(std::function<void(qintptr)> handOver);
    ~Acceptor();                           ///< close()

    /// Returns the port, which is the system's choice when `port` is 0.
    Result<quint16> listen(const QHostAddress &address, quint16 port);
    void pause();
    void resume();

    /// Hands on whoever the kernel already let in, then closes the port. Idempotent.
    void close();

private:
    const std::function<void(qintptr)> m_handOver;
    std::unique_ptr<QTcpServer> m_server;  ///< Lives on the thread.
    EventThread m_thread;
};

} // namespace warder
