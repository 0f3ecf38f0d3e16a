#pragma once

#include "core/net/HttpHandler.h"
#include "core/net/Listener.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ListenConfig.h"
#include "core/net/gate/ListenerLimits.h"
#include "core/net/gate/ServeConfig.h"
#include "tests/support/EchoHandler.h"

namespace warder::test {

/// A socket on this machine; port 0 lets the system choose.
inline ListenConfig localSockets(quint16 port = 0)
{
    return {.points = {{.place = {.address = QHostAddress(QHostAddress::LocalHost), .port = port}}}};
}

/// A listener in front of an EchoHandler. The test's thread only.
struct EchoServer
{
    explicit EchoServer(const ListenerLimits &its = {}) : limits(its) {}

    ServeConfigPtr config()
    {
        return std::make_shared<ServeConfig>(limits, std::shared_ptr<HttpHandler>(&handler, [](HttpHandler *) {}), tls);
    }

    /// Why it does not listen; empty when it does.
    QString listen(quint16 port = 0) { return listen(localSockets(port)); }
    QString listen(const ListenConfig &listenConfig)
    {
        const auto listening = listener.listen(listenConfig, config());
        return listening ? QString() : listening.error().detail;
    }
    quint16 port() const { return listener.port(); }

    ListenerLimits limits; ///< Those of the next listen() or config().
    std::shared_ptr<const TlsContext> tls = {};
    EchoHandler handler;
    ConnectionCounts counts;
    Listener listener {counts};
};

} // namespace warder::test
