#include "core/net/gate/ListeningSocket.h"

#include "core/base/Clock.h"
#include "core/net/gate/AcceptorFilter.h"
#include "core/net/gate/GateClient.h"

#include <QTimer>
#include <QtEndian>

#include <optional>

#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int backlog = 1024;

/// So many calls are answered before the thread looks for orders again.
constexpr int atOnce = 64;

/// How long to leave the kernel alone when it has no descriptors left.
constexpr Milliseconds retryDelay {100};

/// How long the port is kept for handshakes under way when it closes: until so long nobody came.
constexpr Milliseconds lastHandshakes {50};

Error openingFault(const QTcpServer &server, const HostPort &place)
{
    const auto fault = [&place](ErrorCode code, const QString &why) {
        return Error {.code = code, .detail = u"cannot listen on %1: %2"_s.arg(toText(place), why)};
    };
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return fault(ErrorCode::AddressTaken, u"another program uses this port: stop it, or choose another port with http.listen"_s);
    case QAbstractSocket::SocketAccessError:
        return fault(ErrorCode::AddressForbidden, u"no right to use this port (below 1024 it needs a privilege): choose another port "
                                                  "with http.listen, or let systemd open it with warder.socket"_s);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return fault(ErrorCode::AddressForeign, u"this machine has no such address: choose one of its own with http.listen"_s);
    default: return fault(ErrorCode::ConfigInvalid, server.errorString());
    }
}

/// The path of a unix domain socket, or the name of an abstract one after an @; nothing for another socket.
QString unixPathOf(int descriptor)
{
    sockaddr_un address {};
    socklen_t length = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) == 0 && address.sun_family == AF_UNIX) {
        const QByteArray name(address.sun_path, length - offsetof(sockaddr_un, sun_path));
        return name.startsWith('\0') ? u'@' + QString::fromLocal8Bit(name.sliced(1)) : QString::fromLocal8Bit(name.constData());
    }
    return {};
}

bool acceptsConnections(int descriptor)
{
    int listens = 0;
    socklen_t length = sizeof listens;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens == 1;
}

struct Caller
{
    qintptr descriptor = -1; ///< -1: nobody waits any more.
    sockaddr_storage address = {};
};

/// Nothing when the system has no room for one.
std::optional<Caller> acceptOne(qintptr listening)
{
    Caller caller;
    socklen_t length = sizeof caller.address;
    auto *address = reinterpret_cast<sockaddr *>(&caller.address);
#ifdef Q_OS_LINUX
    caller.descriptor = ::accept4(int(listening), address, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
    caller.descriptor = ::accept(int(listening), address, &length);
#endif
    const bool isFull = caller.descriptor < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM);
    return isFull ? std::nullopt : std::optional(caller);
}

GatePeer peerFrom(const Caller &caller, const ListenPoint &point)
{
    if (point.isUnix()) // an abstract socket has no file that says who may come: whoever comes is a stranger of this machine
        return {.address = QHostAddress(QHostAddress::LocalHost), .isUnix = !point.path.startsWith(u'@')};
    const auto *address = reinterpret_cast<const sockaddr *>(&caller.address);
    // At the same place in both families' addresses.
    const auto port = qFromBigEndian(reinterpret_cast<const sockaddr_in *>(address)->sin_port);
    return {.address = plainAddress(QHostAddress(address)), .port = port};
}

bool isCalledWithin(qintptr listening, Milliseconds time)
{
    pollfd waiting {.fd = int(listening), .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, int(time.count())) > 0;
}

} // namespace

ListeningSocket::ListeningSocket(ListenPoint wanted, const HandOver &handOver) : m_wanted(std::move(wanted)), m_handOver(handOver)
{
    setListenBacklogSize(backlog);
}

ListeningSocket::~ListeningSocket() { close(); }

Result<std::unique_ptr<ListeningSocket>> ListeningSocket::open(const ListenPoint &point, const HandOver &handOver)
{
    std::unique_ptr<ListeningSocket> socket(new ListeningSocket(point, handOver));
    if (!point.isUnix()) {
        if (!socket->listen(point.place.address, point.place.port))
            return std::unexpected(openingFault(*socket, point.place));
        socket->watch();
        return socket;
    }
    auto file = UnixSocketFile::listen(point.path, backlog);
    if (!file)
        return refused(file);
    socket->m_file = std::move(*file);
    if (const int descriptor = socket->m_file->takeDescriptor(); !socket->setSocketDescriptor(descriptor))
        return refused(ErrorCode::Internal, u"cannot listen on unix:%1: %2"_s.arg(point.path, socket->errorString()));
    socket->watch();
    return socket;
}

Result<std::unique_ptr<ListeningSocket>> ListeningSocket::inherit(int descriptor, const HandOver &handOver)
{
    std::unique_ptr<ListeningSocket> socket(new ListeningSocket({.path = unixPathOf(descriptor)}, handOver));
    socket->m_isInherited = true;
    const int own = acceptsConnections(descriptor) ? ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0) : -1;
    if (own >= 0 && socket->setSocketDescriptor(own)) {
        socket->watch();
        return socket;
    }
    return refused(ErrorCode::ConfigInvalid, u"socket %1, which the service manager passed on, is no listening socket"_s.arg(descriptor));
}

QList<ListenPoint> ListeningSocket::placesOf(const QList<int> &descriptors)
{
    const HandOver nobody;
    QList<ListenPoint> places;
    for (const int descriptor : descriptors) {
        if (const auto socket = inherit(descriptor, nobody))
            places += (*socket)->place();
    }
    return places;
}

ListenPoint ListeningSocket::place() const
{
    return m_wanted.isUnix() ? m_wanted : ListenPoint {.place = {.address = serverAddress(), .port = serverPort()}};
}

Result<void> ListeningSocket::restrict(int mode, const QString &group) const
{
    return m_file ? m_file->restrict(mode, group) : Result<void>();
}

bool ListeningSocket::isLost() const { return m_file && !m_file->isInPlace(); }

void ListeningSocket::watch()
{
    QTcpServer::pauseAccepting(); // for good: we accept ourselves
    m_notifier = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &ListeningSocket::admit);
}

void ListeningSocket::setOpen(bool open)
{
    m_open = open;
    m_notifier->setEnabled(open);
}

void ListeningSocket::admit()
{
    for (int i = 0; i < atOnce; ++i) {
        const auto caller = acceptOne(socketDescriptor());
        if (!caller)
            return waitForDescriptors();
        if (caller->descriptor < 0)
            return;
        m_handOver({.descriptor = caller->descriptor, .peer = peerFrom(*caller, m_wanted)});
    }
}

void ListeningSocket::waitForDescriptors()
{
    m_notifier->setEnabled(false);
    QTimer::singleShot(retryDelay, this, [this] { setOpen(m_open); });
}

void ListeningSocket::finish()
{
    m_notifier.reset();
    if (m_isInherited)
        return; // it stays open: whoever calls meanwhile waits for our successor
    m_file.reset();
    if (!m_wanted.isUnix())
        refuseNewHandshakes(socketDescriptor());
    while (isCalledWithin(socketDescriptor(), lastHandshakes)) {
        const auto caller = acceptOne(socketDescriptor());
        if (!caller)
            return;
        if (caller->descriptor >= 0)
            m_handOver({.descriptor = caller->descriptor, .peer = peerFrom(*caller, m_wanted)});
    }
}

} // namespace warder
