#include "core/ratelimit/RateSubject.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

QHostAddress countedAddress(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return QHostAddress(v4);
    if (address.protocol() != QHostAddress::IPv6Protocol)
        return {};
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8 {0});
    return QHostAddress(bytes);
}

QString countedAddressText(const QHostAddress &address)
{
    const QHostAddress counted = countedAddress(address);
    if (counted.isNull())
        return u"unknown"_s;
    const bool isV4 = counted.protocol() == QHostAddress::IPv4Protocol;
    return isV4 ? counted.toString() : counted.toString() + "/64"_L1;
}

} // namespace warder
