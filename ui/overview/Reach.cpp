#include "ui/overview/Reach.h"

#include <QHostAddress>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// No address for a unix domain socket and for localhost.
QHostAddress addressOfPlace(const QString &place) { return QHostAddress(place.section(u':', 0, -2).remove(u'[').remove(u']')); }

} // namespace

bool reach::isPublic(const QString &place)
{
    const QHostAddress address = addressOfPlace(place);
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6)
           || (address.isGlobal() && !address.isPrivateUse());
}

bool reach::isLocal(const QString &place)
{
    const QHostAddress address = addressOfPlace(place);
    return address.isNull() || address.isLoopback();
}

QStringList reach::itemsOf(const QString &list)
{
    QStringList items;
    for (const QString &each : list.split(u',', Qt::SkipEmptyParts)) {
        if (const QString item = each.trimmed(); !item.isEmpty())
            items += item;
    }
    return items;
}

bool reach::isOriginOfThisMachine(const QString &origin)
{
    const QString host = QUrl(origin).host();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace warder
