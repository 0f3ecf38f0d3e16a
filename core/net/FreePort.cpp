#include "core/net/FreePort.h"

#include <QTcpSocket>

#include <algorithm>

namespace warder {
namespace {

constexpr int mostTried = 100;

bool isUsed(const ListenPoint &point) { return !point.isUnix() && !isFree(point.place); }

} // namespace

bool isFree(const HostPort &place)
{
    QTcpSocket socket;
    return socket.bind(place.address, place.port,
                       QAbstractSocket::ShareAddress); // as listening sockets bind: leftovers of old connections are no users
}

std::optional<QList<ListenPoint>> movedTo(quint16 port, const QList<ListenPoint> &points)
{
    const auto used = std::ranges::find_if(points, isUsed);
    if (used == points.end())
        return std::nullopt;
    QList<ListenPoint> moved = points;
    for (ListenPoint &point : moved) {
        if (point.isUnix() || point.place.port != used->place.port)
            continue;
        point.place.port = port;
        if (!isFree(point.place))
            return std::nullopt;
    }
    return moved;
}

quint16 nextFreePort(const QList<ListenPoint> &points)
{
    const auto used = std::ranges::find_if(points, isUsed);
    if (used == points.end())
        return 0;
    for (int port = used->place.port + 1; port <= qMin(used->place.port + mostTried, 65535); ++port) {
        if (movedTo(quint16(port), points))
            return quint16(port);
    }
    return 0;
}

} // namespace warder
