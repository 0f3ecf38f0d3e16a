#include "core/config/ServerUrl.h"

#include "core/config/Settings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

QList<ListenPoint> listenPointsFrom(const Settings &settings)
{
    QList<ListenPoint> points;
    for (const QString &point : settings.get<"http.listen">())
        points += parseListenPoint(point).value();
    return points;
}

bool servesTls(const Settings &settings) { return !settings.get<"http.tls_certificate">().isEmpty(); }

QString urlOf(const ListenPoint &point, const Settings &settings)
{
    if (point.isUnix())
        return toText(point);
    const HostPort &place = point.place;
    const bool anywhere = place.address == QHostAddress(QHostAddress::Any) || place.address == QHostAddress(QHostAddress::AnyIPv4)
                          || place.address.isLoopback();
    const bool v6 = place.address.protocol() == QAbstractSocket::IPv6Protocol;
    const QString host = anywhere ? u"localhost"_s : v6 ? u"[%1]"_s.arg(place.address.toString()) : place.address.toString();
    return u"%1://%2:%3%4"_s.arg(servesTls(settings) ? u"https"_s : u"http"_s, host).arg(place.port).arg(settings.get<"http.base_path">());
}

QString ownUrl(const QList<ListenPoint> &points, const Settings &settings)
{
    const auto first = std::ranges::find_if_not(points, &ListenPoint::isUnix);
    return urlOf(first == points.end() ? points.first() : *first, settings);
}

} // namespace warder
