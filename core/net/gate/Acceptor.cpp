#include "core/net/gate/Acceptor.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool stays(const ListeningSocket &socket, const QList<ListenPoint> &points) { return points.contains(socket.wanted()) && !socket.isLost(); }

} // namespace

Acceptor::Acceptor(ListeningSocket::HandOver handOver) : m_handOver(std::move(handOver)), m_thread("accept") {}

Acceptor::~Acceptor() { close(); }

Result<void> Acceptor::open(const ListenConfig &config)
{
    Result<void> result;
    m_thread.run([&] { result = config.inherited.isEmpty() ? change(config) : inherit(config.inherited); });
    return result;
}

Result<void> Acceptor::inherit(const QList<int> &descriptors)
{
    if (m_isInherited)
        return {};
    ListeningSockets sockets;
    for (const int descriptor : descriptors) {
        auto socket = ListeningSocket::inherit(descriptor, m_handOver);
        if (!socket)
            return refused(socket);
        sockets.push_back(std::move(*socket));
    }
    m_sockets = std::move(sockets);
    m_isInherited = true;
    return {};
}

Result<void> Acceptor::change(const ListenConfig &config)
{
    auto opened = openMissing(config.points);
    if (!opened)
        return refused(opened);
    for (const auto *list : {&m_sockets, &*opened}) {
        for (const auto &socket : *list) {
            if (!stays(*socket, config.points))
                continue;
            if (const auto restricted = socket->restrict(config.unixMode, config.unixGroup); !restricted)
                return restricted;
        }
    }
    keepOnly(config.points);
    std::ranges::move(*opened, std::back_inserter(m_sockets));
    return {};
}

Result<Acceptor::ListeningSockets> Acceptor::openMissing(const QList<ListenPoint> &points)
{
    ListeningSockets opened;
    for (const ListenPoint &point : points) {
        if (find(point) || std::ranges::any_of(opened, [&point](const auto &socket) { return socket->wanted() == point; }))
            continue;
        auto socket = ListeningSocket::open(point, m_handOver);
        if (!socket)
            return std::unexpected(explained(std::move(socket.error()), point, points));
        opened.push_back(std::move(*socket));
    }
    return opened;
}

ListeningSocket *Acceptor::find(const ListenPoint &point) const
{
    const auto found = std::ranges::find_if(m_sockets, [&point](const auto &socket) { return stays(*socket, {point}); });
    return found == m_sockets.end() ? nullptr : found->get();
}

/// The "other program" may be ourselves: a port cannot change its address while it is open.
Error Acceptor::explained(Error refusal, const ListenPoint &point, const QList<ListenPoint> &wanted) const
{
    const auto isInTheWay = [&](const auto &socket) {
        return !point.isUnix() && !socket->wanted().isUnix() && socket->wanted().place.port == point.place.port
               && !wanted.contains(socket->wanted());
    };
    const auto own = std::ranges::find_if(m_sockets, isInTheWay);
    if (refusal.code != ErrorCode::AddressTaken || own == m_sockets.end())
        return refusal;
    return {.code = ErrorCode::Conflict,
            .detail = u"cannot listen on %1 while %2 is open: this change needs a restart"_s.arg(toText(point), toText((*own)->wanted()))};
}

void Acceptor::keepOnly(const QList<ListenPoint> &points)
{
    const auto leaving = std::ranges::stable_partition(m_sockets, [&points](const auto &socket) { return stays(*socket, points); });
    for (const auto &socket : leaving)
        socket->finish();
    m_sockets.erase(leaving.begin(), leaving.end());
}

QList<ListenPoint> Acceptor::places()
{
    QList<ListenPoint> all;
    m_thread.run([&] {
        for (const auto &socket : m_sockets)
            all += socket->place();
    });
    return all;
}

void Acceptor::setAccepting(bool accepting)
{
    m_thread.run([this, accepting] {
        for (const auto &socket : m_sockets)
            socket->setOpen(accepting);
    });
}

void Acceptor::close()
{
    m_thread.run([this] {
        keepOnly({});
        m_isInherited = false;
    });
}

} // namespace warder
