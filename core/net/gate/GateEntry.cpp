#include "core/net/gate/GateEntry.h"

#include "core/net/gate/GateClient.h"
#include "core/net/gate/ProxyComplaint.h"
#include "core/net/gate/ProxyHeader.h"
#include "core/net/gate/TlsContext.h" // IWYU pragma: keep (called through a pointer)

#include <QSslSocket>

#include <chrono>

namespace warder {
namespace {

bool expectsHeader(const ServeConfig &config, const GatePeer &peer)
{
    return config.limits.proxyProtocol && isTrusted(peer, config.limits.trustedProxies);
}

} // namespace

bool GateEntry::isNeeded(const ServeConfig &config, const GatePeer &peer)
{
    return expectsHeader(config, peer) || (config.tls && !peer.isUnix);
}

GateEntry::GateEntry(ThreadConnections &connections, std::unique_ptr<QAbstractSocket> wire, const GatePeer &peer, Entered entered,
                     QObject *parent)
    : QObject(parent), m_connections(connections), m_wire(std::move(wire)), m_tls(connections.config().tls), m_peer(peer),
      m_entered(std::move(entered))
{
    m_deadline.setSingleShot(true);
    m_deadline.callOnTimeout(this, [this] {
        m_connections.counts().countTimeOut();
        fail();
    });
    connect(m_wire.get(), &QAbstractSocket::disconnected, this, &GateEntry::fail);
}

GateEntry::~GateEntry()
{
    if (!m_wire)
        return;
    m_wire->disconnect(this);
    m_wire->abort();
    if (m_isCounted)
        m_connections.counts().leave(m_peer);
    m_connections.connectionLeft();
}

void GateEntry::start()
{
    startDeadline();
    if (!expectsHeader(m_connections.config(), m_peer))
        return shakeHands();
    connect(m_wire.get(), &QIODevice::readyRead, this, &GateEntry::readHeader);
    readHeader();
}

void GateEntry::shorten(Milliseconds grace)
{
    m_end = std::min(m_end, QDeadlineTimer(grace));
    if (m_deadline.remainingTimeAsDuration() > grace)
        m_deadline.start(grace);
}

void GateEntry::startDeadline()
{
    const auto rest = std::chrono::ceil<Milliseconds>(m_end.remainingTimeAsDuration());
    m_deadline.start(std::min(m_connections.limits().handshake, rest));
}

void GateEntry::readHeader()
{
    const QByteArray bytes = m_wire->peek(qint64(longestProxyHeader));
    const auto header = parseProxyHeader({bytes.data(), std::size_t(bytes.size())});
    if (!header && header.error() == ProxyFault::Incomplete)
        return;
    disconnect(m_wire.get(), &QIODevice::readyRead, this, nullptr);
    if (!header)
        refuseHeader();
    if (!header || !becomeClient(*header))
        return fail();
    m_wire->skip(qint64(header->size));
    shakeHands();
}

void GateEntry::refuseHeader()
{
    m_connections.counts().countFailedEntry();
    complainOfProxy(m_connections, m_peer, HidesBy::NoHeader);
}

/// False when the client that the proxy speaks for has too many connections already.
bool GateEntry::becomeClient(const ProxyHeader &header)
{
    if (header.client.isNull() && !header.isOwn)
        complainOfProxy(m_connections, m_peer, HidesBy::HeaderWithoutAddress);
    if (header.client.isNull())
        return true;
    m_connections.counts().leave(m_peer);
    m_peer = {.address = plainAddress(header.client), .port = header.port, .isCarried = true};
    m_isCounted = m_connections.counts().enter(m_peer);
    return m_isCounted;
}

void GateEntry::shakeHands()
{
    auto *tls = qobject_cast<QSslSocket *>(m_wire.get());
    if (!tls)
        return enter();
    startDeadline();
    connect(tls, &QSslSocket::encrypted, this, [this] {
        m_peer.secure = true;
        enter();
    });
    connect(tls, &QAbstractSocket::errorOccurred, this, [this] {
        m_connections.counts().countFailedEntry();
        fail();
    });
    tls->setSslConfiguration(m_tls->configuration());
    tls->startServerEncryption();
}

void GateEntry::enter()
{
    if (std::exchange(m_over, true))
        return;
    m_deadline.stop();
    m_wire->disconnect(this);
    m_entered(std::move(m_wire), m_peer);
    deleteLater();
}

void GateEntry::fail()
{
    if (std::exchange(m_over, true))
        return;
    m_deadline.stop();
    deleteLater();
}

} // namespace warder
