#include "core/ratelimit/RateSubject.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

/// IPv4 whole (also when mapped into IPv6), of IPv6 the first bytes.
QHostAddress cut(const QHostAddress &address, int keptBytes)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return QHostAddress(v4);
    if (address.protocol() != QHostAddress::IPv6Protocol)
        return {};
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + keptBytes, std::end(bytes.c), quint8 {0});
    return QHostAddress(bytes);
}

QString toText(const QHostAddress &network, QLatin1StringView length)
{
    if (network.isNull())
        return u"unknown"_s;
    return network.protocol() == QHostAddress::IPv4Protocol ? network.toString() : network.toString() + length;
}

} // namespace

QHostAddress countedAddress(const QHostAddress &address) { return cut(address, 8); }

QString countedAddressText(const QHostAddress &address) { return toText(countedAddress(address), "/64"_L1); }

QString networkTextOf(const QHostAddress &address) { return toText(cut(address, 6), "/48"_L1); }

} // namespace warder
