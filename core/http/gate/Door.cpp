#include "core/http/gate/Door.h"

#include "core/base/Clock.h"
#include "core/http/gate/AcceptorFilter.h"

#include <QTimer>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int backlog = 1024;

/// How long to leave the kernel alone when it has no descriptors left; QTcpServer would spin.
constexpr Milliseconds breather {100};

/// How long the port is kept for handshakes under way when it closes: until so long nobody came.
constexpr Milliseconds lastHandshakes {50};

Error whyNot(const QTcpServer &server, const HostPort &place)
{
    const QString where = toText(place);
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

/// The path of a unix domain socket; nothing for another socket, or one without a name.
QString unixPathOf([[maybe_unused]] int descriptor)
{
#ifdef Q_OS_UNIX
    sockaddr_un address {};
    socklen_t length = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) == 0 && address.sun_family == AF_UNIX)
        return QString::fromLocal8Bit(address.sun_path);
#endif
    return {};
}

bool acceptsConnections([[maybe_unused]] int descriptor)
{
#ifdef Q_OS_UNIX
    int listens = 0;
    socklen_t length = sizeof listens;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens == 1;
#else
    return false;
#endif
}

} // namespace

Door::Door(ListenPoint wanted, const HandOver &handOver) : m_wanted(std::move(wanted)), m_handOver(handOver), m_isUnix(m_wanted.isUnix())
{
    setListenBacklogSize(backlog);
    connect(this, &QTcpServer::acceptError, this, &Door::takeBreath);
}

Door::~Door() { close(); }

Result<std::unique_ptr<Door>> Door::open(const ListenPoint &point, const HandOver &handOver)
{
    std::unique_ptr<Door> door(new Door(point, handOver));
    if (!point.isUnix()) {
        if (!door->listen(point.place.address, point.place.port))
            return std::unexpected(whyNot(*door, point.place));
        return door;
    }
    auto file = UnixSocketFile::listen(point.path, backlog);
    if (!file)
        return refused(file);
    door->m_file = std::move(*file);
    if (const int descriptor = door->m_file.takeDescriptor(); !door->setSocketDescriptor(descriptor))
        return refused(ErrorCode::Internal, u"cannot listen on unix:%1: %2"_s.arg(point.path, door->errorString()));
    return door;
}

Result<std::unique_ptr<Door>> Door::inherit([[maybe_unused]] int descriptor, const HandOver &handOver)
{
#ifdef Q_OS_UNIX
    const QString path = unixPathOf(descriptor);
    std::unique_ptr<Door> door(new Door({.path = path}, handOver));
    door->m_isInherited = true;
    const int own = acceptsConnections(descriptor) ? ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0) : -1;
    if (own >= 0 && door->setSocketDescriptor(own))
        return door;
#endif
    return refused(ErrorCode::ConfigInvalid, u"socket %1, which the service manager passed on, is no listening socket"_s.arg(descriptor));
}

ListenPoint Door::place() const
{
    return m_isUnix ? m_wanted : ListenPoint {.place = {.address = serverAddress(), .port = serverPort()}};
}

Result<void> Door::restrict(int mode, const QString &group) const
{
    return m_isUnix && !m_isInherited ? m_file.restrict(mode, group) : Result<void>();
}

void Door::setOpen(bool open)
{
    m_open = open;
    open ? resumeAccepting() : pauseAccepting();
}

void Door::incomingConnection(qintptr descriptor) { m_handOver({.descriptor = descriptor, .isUnix = m_isUnix}); }

void Door::takeBreath()
{
    pauseAccepting();
    QTimer::singleShot(breather, this, [this] { setOpen(m_open); });
}

void Door::finish()
{
    if (m_isInherited)
        return;                            // it stays open: whoever calls meanwhile waits for our successor
    m_file = {};
    if (!m_isUnix)
        refuseNewHandshakes(socketDescriptor());
    while (waitForNewConnection(int(lastHandshakes.count()))) { }
}

} // namespace warder
