#include "tests/support/RawHttp.h"

#include <QtEndian>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace warder::test {
namespace {

QPair<QByteArray, QByteArray> headerFrom(const QByteArray &line)
{
    const auto colon = line.indexOf(':');
    return {line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed()};
}

/// Parses a head that ends before its empty line; status 0 when it is rubbish.
RawAnswer headFrom(const QByteArray &head)
{
    RawAnswer answer;
    const QList<QByteArray> lines = head.split('\n');
    if (lines.first().startsWith("HTTP/1.1 "))
        answer.status = lines.first().mid(9, 3).toInt();
    for (const QByteArray &line : lines.mid(1))
        answer.headers.append(headerFrom(line));
    return answer;
}

bool hasBody(const RawAnswer &answer) { return answer.status >= 200 && answer.status != 204 && answer.status != 304; }

sockaddr_in loopback(quint16 port, quint32 host = INADDR_LOOPBACK)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(host);
    return address;
}

} // namespace

QByteArray RawAnswer::header(QByteArrayView name) const
{
    for (const auto &[known, value] : headers) {
        if (known == name)
            return value;
    }
    return {};
}

RawHttp::RawHttp(quint16 port, std::chrono::milliseconds patience) : RawHttp(port, QHostAddress(), patience) {}

RawHttp::RawHttp(quint16 port, const QHostAddress &from, std::chrono::milliseconds patience) : m_patience(patience)
{
    const sockaddr_in own = loopback(0, from.toIPv4Address());
    connectTo(AF_INET, loopback(port), from.isNull() ? nullptr : &own);
    const int one = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

RawHttp::RawHttp(const QString &unixPath, std::chrono::milliseconds patience) : m_patience(patience)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, unixPath.toLocal8Bit().constData(), sizeof address.sun_path);
    connectTo(AF_UNIX, address);
}

template <typename Address>
void RawHttp::connectTo(int family, const Address &address, const Address *from)
{
    const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int one = 1;
    if (from) // the port is chosen by connect(), or there would soon be none left
        ::setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    const bool isBound = !from || ::bind(socket, reinterpret_cast<const sockaddr *>(from), sizeof *from) == 0;
    if (isBound && ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        m_socket = socket;
    else
        ::close(socket);
}

RawHttp::~RawHttp() { close(); }

bool RawHttp::send(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && isConnected()) {
        const auto sent = ::send(m_socket, bytes.data(), std::size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = bytes.sliced(sent);
    }
    return isConnected();
}

bool RawHttp::fill()
{
    pollfd waiting {.fd = m_socket, .events = POLLIN, .revents = 0};
    if (m_ended || !isConnected() || ::poll(&waiting, 1, int(m_patience.count())) <= 0)
        return false;
    char bytes[16 * 1024];
    const auto count = ::recv(m_socket, bytes, sizeof bytes, 0);
    m_ended = count <= 0;
    if (count > 0)
        m_received.append(bytes, count);
    return count > 0;
}

std::optional<RawAnswer> RawHttp::read(bool toHead)
{
    while (!m_received.contains("\r\n\r\n")) {
        if (!fill())
            return std::nullopt;
    }
    const auto end = m_received.indexOf("\r\n\r\n");
    RawAnswer answer = headFrom(m_received.left(end));
    m_received.remove(0, end + 4);
    const auto length = toHead || !hasBody(answer) ? 0 : answer.header("content-length").toLongLong();
    while (m_received.size() < length) {
        if (!fill())
            return std::nullopt;
    }
    answer.body = m_received.left(length);
    m_received.remove(0, length);
    return answer.status > 0 ? std::optional(answer) : std::nullopt;
}

QByteArray RawHttp::readToEnd()
{
    while (fill()) {
    }
    return std::exchange(m_received, {});
}

bool RawHttp::isClosedByServer() { return m_received.isEmpty() && !fill() && m_ended; }

void RawHttp::shutdownSending() { ::shutdown(m_socket, SHUT_WR); }

void RawHttp::reset()
{
    const linger now {.l_onoff = 1, .l_linger = 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

void RawHttp::close()
{
    if (isConnected())
        ::close(m_socket);
    m_socket = -1;
}

QByteArray RawHttp::request(QByteArrayView method, QByteArrayView target, const QByteArrayList &headers, QByteArrayView body)
{
    QByteArray out;
    out.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (const QByteArray &line : headers)
        out.append(line).append("\r\n");
    if (!body.isEmpty())
        out.append("Content-Length: ").append(QByteArray::number(body.size())).append("\r\n");
    return out.append("\r\n").append(body);
}

} // namespace warder::test
