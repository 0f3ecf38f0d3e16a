#include "core/ratelimit/RateSubject.h"

#include "core/config/HostPort.h"

#include <QtEndian>

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

/// With the first so many bytes, the others 0: `keptV4` of all 16, since IPv4 is mapped.
AddressBytes bytesOf(const QHostAddress &address, size_t keptV4, size_t keptV6)
{
    AddressBytes bytes {};
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4) {
        bytes[10] = bytes[11] = 0xff;
        qToBigEndian(v4, bytes.data() + 12);
    } else if (address.protocol() == QHostAddress::IPv6Protocol) {
        const Q_IPV6ADDR v6 = address.toIPv6Address();
        std::copy(std::begin(v6.c), std::end(v6.c), bytes.begin());
    }
    std::fill(bytes.begin() + (isV4 ? keptV4 : keptV6), bytes.end(), quint8 {0});
    return bytes;
}

} // namespace

QHostAddress countedAddress(const QHostAddress &address) { return cut(address, 8); }

QString countedAddressText(const QHostAddress &address) { return toText(countedAddress(address), "/64"_L1); }

QString countedNetworkText(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4 & 0xffffff00).toString() + "/24"_L1 : toText(cut(address, 6), "/48"_L1);
}

AddressBytes countedBytes(const QHostAddress &address) { return bytesOf(address, 16, 8); }

AddressBytes networkBytes(const QHostAddress &address) { return bytesOf(address, 15, 6); }

std::optional<QHostAddress> addressInText(const QString &text)
{
    if (text == "unknown"_L1)
        return QHostAddress();
    const auto subnet = parseSubnet(text);
    return subnet ? std::optional(subnet->first) : std::nullopt;
}

QString networkTextOf(const QHostAddress &address) { return toText(cut(address, 6), "/48"_L1); }

} // namespace warder
