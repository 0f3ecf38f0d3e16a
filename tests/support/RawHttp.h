#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QPair>
#include <QString>

#include <chrono>
#include <optional>

namespace warder::test {

/// One answer as it came over the wire.
struct RawAnswer
{
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers = {}; ///< Names in lower case.
    QByteArray body = {};

    /// The first header of that name (lower case), or an empty array.
    QByteArray header(QByteArrayView name) const;
};

/// A small blocking HTTP client on a bare socket, for sending what no well-behaved client would. It needs no event loop;
/// one thread at a time. Every wait ends after `patience`.
class RawHttp final
{
public:
    explicit RawHttp(quint16 port, std::chrono::milliseconds patience = std::chrono::seconds(20));
    /// From that loopback address, 127.0.0.0/8: a host of its own for the server.
    RawHttp(quint16 port, const QHostAddress &from, std::chrono::milliseconds patience = std::chrono::seconds(20));
    explicit RawHttp(const QString &unixPath, std::chrono::milliseconds patience = std::chrono::seconds(20));
    ~RawHttp();
    RawHttp(const RawHttp &) = delete;
    RawHttp &operator=(const RawHttp &) = delete;

    bool isConnected() const { return m_socket >= 0; }

    /// False when the server cut the connection meanwhile.
    bool send(QByteArrayView bytes);

    /// The next whole answer, or nothing when the server closed first, sent rubbish, or patience ended. 1xx answers count.
    /// `toHead`: the answer has no body whatever its Content-Length says.
    std::optional<RawAnswer> read(bool toHead = false);

    /// send() and read().
    std::optional<RawAnswer> ask(QByteArrayView bytes) { return send(bytes) ? read() : std::nullopt; }

    /// Everything until the server closes (or patience ends); read() bytes that were left over come first.
    QByteArray readToEnd();

    /// True when the server closes without sending another byte.
    bool isClosedByServer();

    void shutdownSending(); ///< Half-close: the server sees our end, we still read.
    void reset();           ///< Leaves with a RST instead of a FIN.
    void close();

    /// A whole request: `GET`, `/path`, header lines without their line ends, body (adds Content-Length when not empty).
    static QByteArray request(QByteArrayView method, QByteArrayView target, const QByteArrayList &headers = {}, QByteArrayView body = {});

private:
    template <typename Address>
    void connectTo(int family, const Address &address, const Address *from = nullptr);
    bool fill();

    int m_socket = -1;
    std::chrono::milliseconds m_patience;
    QByteArray m_received;
    bool m_ended = false;
};

} // namespace warder::test
