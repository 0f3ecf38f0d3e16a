#pragma once

#include "core/net/gate/ConnectionPhase.h"
#include "core/net/gate/GateClient.h"
#include "core/net/gate/GatePeer.h"
#include "core/net/gate/GateReader.h"
#include "core/net/gate/GateWire.h"
#include "core/net/gate/HttpFraming.h"
#include "core/net/gate/ResponseRewriter.h"
#include "core/net/gate/SendQueue.h"
#include "core/net/gate/ThreadConnections.h"
#include "core/net/gate/UnsentBytes.h"

#include <QTcpSocket>

namespace warder {

/// What QHttpServer holds for a connection. It has no socket engine: it owns the real connection (the wire), frames what comes
/// in strictly, parks one complete request at a time, and shows QHttpServer its number in place of it: not a byte that
/// a client chose reaches Qt's parser. HTTP thread only.
class GateSocket final : public QTcpSocket
{
    Q_OBJECT
public:
    /// Owns the wire, which is connected, and in the ConnectionCounts as `peer`.
    GateSocket(ThreadConnections &connections, QAbstractSocket *wire, const GatePeer &peer);
    ~GateSocket() override;

    void checkDeadline(GateTime now);

    /// An idle connection closes at `until`, or earlier.
    void shortenRest(GateTime until);

    /// Looks whether the wire has brought a request, and shows it to QHttpServer.
    void offer();

    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override;
    bool canReadLine() const override;
    void disconnectFromHost() override;
    void close() override;
    void setReadBufferSize(qint64) override {}

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 skipData(qint64 most) override;
    qint64 writeData(const char *data, qint64 length) override;

private:
    using Phase = ConnectionPhase::Phase;

    void watchWire();
    void onWire();
    void onWritten();
    void onGone();

    bool pump();
    void openWire();
    void readWire();
    void advance();
    void expectBody();
    void deliver();
    void complainOf(const GateClient &client);
    void takeBack();
    void exchangeDone();
    void goIdle();
    void refuse(HttpStatus status);
    void finish();
    void finishSending();
    void discardInput();
    void updateUnsent();
    void expire();
    void cutOff();
    void enter(Phase phase, Milliseconds patience);

    ThreadConnections &m_connections;
    QAbstractSocket *const m_wire; ///< A child object.
    SendQueue m_sendQueue;
    const GatePeer m_peer;
    wire::Hold m_hold; ///< From a whole request until its answer has been flushed.
    GateReader m_reader;
    quint64 m_number = 0;    ///< Of the parked request.
    std::string m_request;   ///< What QHttpServer reads.
    std::size_t m_shown = 0; ///< So much of it has been read.
    ResponseRewriter m_answer;
    UnsentBytes m_unsentBytes;
    ConnectionPhase m_phase;
    int m_served = 0;
    qint64 m_discarded = 0;
    bool m_sendingDone = false;
};

} // namespace warder
