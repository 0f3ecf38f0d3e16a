#include "core/net/gate/GateSocket.h"

#include "core/net/gate/GateRefusal.h"
#include "core/net/gate/GateRequest.h"
#include "core/net/gate/ProxyComplaint.h"

#include <QSslSocket>

#include <chrono>

namespace warder {
namespace {

/// How much a client may still send after our last word, so that its answer is not lost to a reset.
constexpr qint64 lingerBytes = 256 * 1024;

/// However large an answer is, and however steadily it is taken.
constexpr Milliseconds longestWrite = std::chrono::minutes(10);

} // namespace

GateSocket::GateSocket(ThreadConnections &connections, QAbstractSocket *wire, const GatePeer &peer)
    : m_connections(connections), m_wire(wire), m_sendQueue(*wire), m_peer(peer),
      m_reader(
          connections.limits().framing,
          [&connections](const RequestHead &head) { return connections.handler().bodyLimit(head, connections.limits().framing.body); }),
      m_unsentBytes(connections.counts())
{
    wire->setParent(this);
    setOpenMode(QIODevice::ReadWrite);
    setSocketState(ConnectedState);
    setPeerAddress(peer.address);
    setPeerPort(peer.port);
    watchWire();
    enter(Phase::First, connections.limits().firstByte);
    connections.add(*this);
}

GateSocket::~GateSocket()
{
    setSocketState(UnconnectedState); // or the base class would close an engine that is not there
    m_connections.counts().leave(m_peer);
    m_connections.remove(*this);
}

void GateSocket::watchWire()
{
    connect(m_wire, &QIODevice::readyRead, this, &GateSocket::onWire);
    connect(m_wire, &QIODevice::bytesWritten, this, &GateSocket::onWritten);
    if (auto *tls = qobject_cast<QSslSocket *>(m_wire))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &GateSocket::onWritten);
    connect(m_wire, &QAbstractSocket::disconnected, this, &GateSocket::onGone);
    // QHttpServer repeats readyRead() when it is done with a request and wants the next; it connects later than this, and reads after it.
    connect(this, &QIODevice::readyRead, this, &GateSocket::pump);
}

void GateSocket::enter(Phase phase, Milliseconds patience) { m_phase.enter(phase, patience, std::chrono::steady_clock::now()); }

// ---------------------------------------------------------------- from the wire to QHttpServer

void GateSocket::onWire()
{
    if (m_phase.is(Phase::Linger))
        discardInput();
    else
        offer();
}

void GateSocket::offer()
{
    if (pump())
        Q_EMIT readyRead();
}

/// True when QHttpServer has something to read.
bool GateSocket::pump()
{
    while (m_phase.mayRead()) {
        advance();
        if (!m_phase.mayRead())
            break;
        openWire();
        if (m_wire->bytesAvailable() == 0)
            break;
        readWire();
    }
    return m_shown < m_request.size();
}

/// All requests that had come are answered: the moment to flush, once for all of them.
void GateSocket::openWire()
{
    if (!m_hold.isTaken())
        return;
    m_sendQueue.flush();
    updateUnsent();
    m_hold.release(*m_wire);
}

/// How much of our answers is still with us.
void GateSocket::updateUnsent() { m_unsentBytes.update(m_sendQueue.unsent(), std::chrono::steady_clock::now(), m_connections.limits()); }

void GateSocket::readWire()
{
    std::array<char, GateReader::room()> bytes;
    const qint64 count = m_wire->read(bytes.data(), qint64(bytes.size()));
    if (count > 0)
        m_reader.append({bytes.data(), std::size_t(count)});
}

void GateSocket::advance()
{
    m_reader.setLimits(m_connections.limits().framing);
    switch (m_reader.advance()) {
    case GateReader::State::Empty: return;
    case GateReader::State::Head:
        if (!m_phase.is(Phase::Head))
            enter(Phase::Head, m_connections.limits().head);
        return;
    case GateReader::State::Body:     return expectBody();
    case GateReader::State::Complete: return deliver();
    case GateReader::State::Refused:  return refuse(m_reader.refusal());
    }
}

void GateSocket::expectBody()
{
    if (!m_phase.is(Phase::Body))
        enter(Phase::Body, m_connections.limits().body);
    if (m_reader.takeContinue())
        m_sendQueue.write("HTTP/1.1 100 Continue\r\n\r\n");
}

void GateSocket::deliver()
{
    const RequestHead &head = m_reader.head();
    const GateClient client = clientOf(head, m_peer, m_connections.limits().trustedProxies);
    complainOf(client);
    const bool mayGoOn = head.keepAlive && ++m_served < m_connections.limits().requestsPerConnection;
    m_answer = ResponseRewriter({.isHead = head.method == "HEAD", .keepAlive = mayGoOn, .minor = head.minor});
    m_number = m_connections.park(requestOf(head, m_reader.body(), client, m_peer.address));
    m_request = "GET /" + std::to_string(m_number) + " HTTP/1.1\r\n\r\n";
    m_shown = 0;
    m_reader.next();
    m_connections.counts().countRequest();
    m_hold.take(*m_wire);
    enter(Phase::Busy, m_connections.limits().handler);
}

/// A health check may well ask for nobody; what signs in or out does not.
void GateSocket::complainOf(const GateClient &client)
{
    if (client.unreadable)
        complainOfProxy(m_connections, m_peer, HidesBy::UnreadableHop, *client.unreadable);
    else if (client.unnamed && m_reader.head().method == "POST")
        complainOfProxy(m_connections, m_peer, HidesBy::NoField);
}

/// QHttpServer will not come for it any more.
void GateSocket::takeBack()
{
    (void)m_connections.fetch(m_number);
    m_request = {};
    m_shown = 0;
}

qint64 GateSocket::bytesAvailable() const { return qint64(m_request.size() - m_shown) + QIODevice::bytesAvailable(); }

bool GateSocket::canReadLine() const { return m_request.find('\n', m_shown) != m_request.npos || QIODevice::canReadLine(); }

qint64 GateSocket::readData(char *data, qint64 most)
{
    if (m_phase.is(Phase::Dead))
        return -1;
    const std::size_t count = m_request.copy(data, std::size_t(most), m_shown);
    return skipData(qint64(count));
}

qint64 GateSocket::skipData(qint64 most)
{
    const std::size_t count = std::min(std::size_t(most), m_request.size() - m_shown);
    m_shown += count;
    if (m_shown == m_request.size()) {
        m_request = {};
        m_shown = 0;
    }
    return qint64(count);
}

// ---------------------------------------------------------------- from QHttpServer to the wire

qint64 GateSocket::bytesToWrite() const { return m_sendQueue.unsent(); }

qint64 GateSocket::writeData(const char *data, qint64 length)
{
    if (m_phase.is(Phase::Dead))
        return -1;
    if (!m_phase.is(Phase::Busy))
        return length; // the rest of an answer that was cut off
    std::string out;
    const bool begins = !m_answer.hasStarted();
    m_answer.take({data, std::size_t(length)}, !m_connections.isDraining(), out);
    if (begins && m_answer.hasStarted() && !m_unsentBytes.reserve(m_sendQueue.unsent(), qint64(out.size()) + m_answer.missing())) {
        refuse(503);
        return length;
    }
    if (!out.empty())
        m_sendQueue.write(out);
    if (m_answer.isDone())
        exchangeDone();
    return length;
}

void GateSocket::exchangeDone()
{
    if (m_answer.isLast())
        return finish();
    if (m_sendQueue.unsent() <= m_connections.limits().unsentBytes)
        return goIdle();
    enter(Phase::Flush, longestWrite);
    updateUnsent();
}

void GateSocket::goIdle() { enter(Phase::Idle, m_connections.idle()); }

void GateSocket::onWritten()
{
    m_sendQueue.feed();
    if (!m_unsentBytes.isEmpty())
        updateUnsent();
    if (m_phase.is(Phase::Linger))
        return finishSending();
    if (!m_phase.is(Phase::Flush) || m_sendQueue.unsent() > m_connections.limits().unsentBytes / 4)
        return;
    goIdle();
    QMetaObject::invokeMethod(this, &GateSocket::offer, Qt::QueuedConnection);
}

// ---------------------------------------------------------------- the end of a connection

void GateSocket::refuse(HttpStatus status)
{
    m_connections.counts().countRefusal(status);
    m_connections.handler().noteRefusal(status);
    const std::string answer = refusalAnswer(status, m_connections.handler().refusalHeaders(m_reader.asker(), m_peer.secure));
    m_sendQueue.write(answer);
    takeBack();
    finish();
}

/// Sends what is queued, says goodbye, and swallows input for a moment.
void GateSocket::finish()
{
    if (m_phase.is(Phase::Linger) || m_phase.is(Phase::Dead))
        return;
    enter(Phase::Linger, longestWrite);
    m_sendQueue.flush();
    updateUnsent();
    m_hold.release(*m_wire);
    finishSending();
}

void GateSocket::finishSending()
{
    if (!m_phase.is(Phase::Linger) || m_sendingDone || m_sendQueue.unsent() > 0)
        return;
    m_sendingDone = true;
    enter(Phase::Linger, m_connections.limits().linger);
    wire::finishSending(*m_wire);
    discardInput();
}

void GateSocket::discardInput()
{
    m_discarded += m_wire->skip(m_wire->bytesAvailable());
    if (m_discarded > lingerBytes)
        cutOff();
}

void GateSocket::disconnectFromHost()
{
    if (state() == ConnectedState)
        finish();
}

void GateSocket::close() { disconnectFromHost(); }

void GateSocket::onGone()
{
    if (m_phase.is(Phase::Dead))
        return;
    enter(Phase::Dead, longestWrite);
    takeBack();
    setSocketState(UnconnectedState);
    Q_EMIT disconnected(); // QHttpServer deletes us, at once or when the responder is gone
}

void GateSocket::cutOff()
{
    m_wire->abort();
    onGone();
}

void GateSocket::shortenRest(GateTime until) { m_phase.shortenRest(until); }

void GateSocket::checkDeadline(GateTime now)
{
    if (m_phase.is(Phase::Dead))
        return;
    if (m_unsentBytes.isTooSlow(now)) {
        m_connections.counts().countTimeOut();
        return cutOff();
    }
    if (!m_phase.isOverdue(now, qint64(m_reader.body().size()), m_connections.limits()))
        return;
    const Phase late = m_phase.phase();
    if (m_phase.mayRead()) // it may be us who are late: what is needed may have come already
        offer();
    if (m_phase.isStillOverdue(late, now))
        expire();
}

void GateSocket::expire()
{
    m_connections.counts().countTimeOut();
    switch (m_phase.ending()) {
    case ConnectionPhase::Ending::RefuseRequest: return refuse(408);
    case ConnectionPhase::Ending::RefuseHandler: return m_answer.hasStarted() ? cutOff() : refuse(503);
    case ConnectionPhase::Ending::Finish:        return finish();
    case ConnectionPhase::Ending::Abort:         return cutOff();
    case ConnectionPhase::Ending::None:          return;
    }
}

} // namespace warder
