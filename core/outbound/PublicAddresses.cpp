#include "core/outbound/PublicAddresses.h"

#include <QHostAddress>
#include <QtEndian>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Subnet = std::pair<QHostAddress, int>;

QList<Subnet> subnets(std::initializer_list<QStringView> texts)
{
    QList<Subnet> all;
    for (const QStringView text : texts)
        all += QHostAddress::parseSubnet(text.toString());
    return all;
}

const QList<Subnet> &setAside()
{
    static const QList<Subnet> all = subnets({u"0.0.0.0/8", u"10.0.0.0/8", u"100.64.0.0/10", u"127.0.0.0/8", u"169.254.0.0/16",
                                              u"172.16.0.0/12", u"192.0.0.0/24", u"192.0.2.0/24", u"192.88.99.0/24", u"192.168.0.0/16",
                                              u"198.18.0.0/15", u"198.51.100.0/24", u"203.0.113.0/24", u"224.0.0.0/3"});
    return all;
}

/// Of IPv6 only the first of these is given out; within it the others are not for everybody, or wrap addresses of IPv4 that nobody needs.
const Subnet &givenOut()
{
    static const Subnet one = QHostAddress::parseSubnet(u"2000::/3"_s);
    return one;
}
const QList<Subnet> &setAsideWithin()
{
    static const QList<Subnet> all = subnets({u"2001::/23", u"2001:db8::/32", u"2002::/16", u"3fff::/20"});
    return all;
}

/// The IPv4 address that an IPv6 one stands for: ::ffff:192.0.2.1, and behind a translator 64:ff9b::192.0.2.1 (RFC 6052), by which a
/// machine without IPv4 reaches those that have nothing else.
std::optional<QHostAddress> wrapped(const QHostAddress &address)
{
    static const Subnet translated = QHostAddress::parseSubnet(u"64:ff9b::/96"_s);
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour);
    if (isFour)
        return QHostAddress(four);
    if (address.protocol() != QAbstractSocket::IPv6Protocol || !address.isInSubnet(translated))
        return std::nullopt;
    return QHostAddress(qFromBigEndian<quint32>(address.toIPv6Address().c + 12));
}

bool isIn(const QHostAddress &address, const QList<Subnet> &all)
{
    return std::ranges::any_of(all, [&address](const Subnet &subnet) { return address.isInSubnet(subnet); });
}

} // namespace

bool isPublicAddress(const QHostAddress &address)
{
    if (const auto four = wrapped(address))
        return !isIn(*four, setAside());
    return address.protocol() == QAbstractSocket::IPv6Protocol && address.isInSubnet(givenOut()) && !isIn(address, setAsideWithin());
}

} // namespace warder
