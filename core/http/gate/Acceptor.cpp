#include "core/http/gate/Acceptor.h"

#include "core/base/Clock.h"
#include "core/http/gate/AcceptorFilter.h"

#include <QTcpServer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int backlog = 1024;

/// How long to leave the kernel alone when it has no descriptors left; QTcpServer would spin.
constexpr Milliseconds breather {100};

/// How long the port is kept for handshakes under way when it closes: until so long nobody came.
constexpr Milliseconds lastHandshakes {50};

class Door final : public QTcpServer
{
public:
    explicit Door(const std::function<void(qintptr)> &handOver) : m_handOver(handOver)
    {
        setListenBacklogSize(backlog);
        connect(this, &QTcpServer::acceptError, this, &Door::takeBreath);
    }

    void setOpen(bool open)
    {
        m_open = open;
        open ? resumeAccepting() : pauseAccepting();
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_handOver(descriptor); }

private:
    void takeBreath()
    {
        pauseAccepting();
        QTimer::singleShot(breather, this, [this] { setOpen(m_open); });
    }

    const std::function<void(qintptr)> &m_handOver;
    bool m_open = true;
};

Error whyNot(const QTcpServer &server, const QHostAddress &address, quint16 port)
{
    const QString place = address.protocol() == QAbstractSocket::IPv6Protocol ? u"[%1]:%2"_s : u"%1:%2"_s;
    const QString where = place.arg(address.toString()).arg(port);
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return {.code = ErrorCode::Conflict, .detail = u"cannot listen on %1: another program uses this port"_s.arg(where)};
    case QAbstractSocket::SocketAccessError:
        return {.code = ErrorCode::ConfigInvalid,
                .detail = u"cannot listen on %1: no right to use this port (below 1024 it needs a privilege)"_s.arg(where)};
    case QAbstractSocket::SocketAddressNotAvailableError:
        return {.code = ErrorCode::ConfigInvalid, .detail = u"cannot listen on %1: this machine has no such address"_s.arg(where)};
    default:
        return {.code = ErrorCode::ConfigInvalid, .detail = u"cannot listen on %1: %2"_s.arg(where, server.errorString())};
    }
}

} // namespace

Acceptor::Acceptor(std::function<void(qintptr)> handOver) : m_handOver(std::move(handOver)), m_thread("accept") {}

Acceptor::~Acceptor() { close(); }

Result<quint16> Acceptor::listen(const QHostAddress &address, quint16 port)
{
    Result<quint16> result;
    m_thread.run([&] {
        auto door = std::make_unique<Door>(m_handOver);
        if (door->listen(address, port)) {
            result = door->serverPort();
            m_server = std::move(door);
        } else {
            result = std::unexpected(whyNot(*door, address, port));
        }
    });
    return result;
}

void Acceptor::pause()
{
    m_thread.run([this] { static_cast<Door &>(*m_server).setOpen(false); });
}

void Acceptor::resume()
{
    m_thread.run([this] { static_cast<Door &>(*m_server).setOpen(true); });
}

void Acceptor::close()
{
    m_thread.run([this] {
        if (!m_server)
            return;
        refuseNewHandshakes(m_server->socketDescriptor());
        while (m_server->waitForNewConnection(int(lastHandshakes.count()))) { }
        m_server.reset();
    });
}

} // namespace warder
