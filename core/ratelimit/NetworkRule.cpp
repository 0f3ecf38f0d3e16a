#include "core/ratelimit/NetworkRule.h"

#include "core/config/HostPort.h"
#include "core/ratelimit/RateSubject.h"

#include <QHash>
#include <QtEndian>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mappedBits = 96; ///< In front of an IPv4 address that is mapped into IPv6.

/// The address with its first `bits` of 128; IPv4 is mapped.
AddressBytes prefixOf(AddressBytes bytes, int bits)
{
    for (int i = 0; i < int(bytes.size()); ++i) {
        const int kept = std::clamp(bits - 8 * i, 0, 8);
        bytes[size_t(i)] &= quint8(0xff00 >> kept);
    }
    return bytes;
}

bool isV4(const QHostAddress &address) { return address.protocol() == QHostAddress::IPv4Protocol; }

/// IPv4 that is mapped into IPv6 as what it is; any other as it is.
QHostAddress withoutMapping(const QHostAddress &address)
{
    static const std::pair<QHostAddress, int> mapped(QHostAddress(u"::ffff:0:0"_s), mappedBits);
    const bool isMapped = address.protocol() == QHostAddress::IPv6Protocol && address.isInSubnet(mapped);
    return isMapped ? QHostAddress(address.toIPv4Address()) : address;
}

/// IPv4 as it is mapped.
AddressBytes wholeBytes(const QHostAddress &address)
{
    AddressBytes bytes {};
    if (isV4(address)) {
        bytes[10] = bytes[11] = 0xff;
        qToBigEndian(address.toIPv4Address(), bytes.data() + 12);
    } else {
        const Q_IPV6ADDR v6 = address.toIPv6Address();
        std::copy(std::begin(v6.c), std::end(v6.c), bytes.begin());
    }
    return bytes;
}

int countedBits(const Network &network) { return network.bits + (isV4(network.address) ? mappedBits : 0); }

struct NetworkKey
{
    AddressBytes bytes;
    bool operator==(const NetworkKey &) const = default;
};

size_t qHash(const NetworkKey &key, size_t seed) noexcept { return qHashBits(key.bytes.data(), key.bytes.size(), seed); }

/// All networks of one length of prefix: those of the same network with the exemption first.
using NetworksOfLength = QHash<NetworkKey, QList<NetworkRule>>;
using NetworksOfFamily = std::map<int, NetworksOfLength, std::greater<>>;

bool holdsAt(const NetworkRule &rule, TimePoint now) { return !rule.until || now < *rule.until; }

const NetworkRule *findIn(const NetworksOfFamily &family, const QHostAddress &address, TimePoint now)
{
    const AddressBytes bytes = wholeBytes(address);
    for (const auto &[bits, networks] : family) {
        const auto found = networks.constFind({prefixOf(bytes, bits)});
        if (found == networks.cend())
            continue;
        const auto holding = std::ranges::find_if(*found, [now](const NetworkRule &each) { return holdsAt(each, now); });
        if (holding != found->cend())
            return &*holding;
    }
    return nullptr;
}

} // namespace

std::optional<Network> parseNetwork(QStringView text)
{
    const auto subnet = parseSubnet(text.trimmed());
    if (!subnet)
        return std::nullopt;
    const QHostAddress address = withoutMapping(subnet->first);
    const bool wasMapped = isV4(address) && !isV4(subnet->first);
    const Network network {.address = address, .bits = wasMapped ? subnet->second - mappedBits : subnet->second};
    if (network.bits < 0) // more of IPv6 than what IPv4 is mapped into
        return std::nullopt;
    const AddressBytes whole = wholeBytes(address);
    return prefixOf(whole, countedBits(network)) == whole ? std::optional(network) : std::nullopt;
}

QString toText(const Network &network) { return u"%1/%2"_s.arg(network.address.toString()).arg(network.bits); }

struct NetworkTable::Private
{
    NetworksOfFamily v4;
    NetworksOfFamily v6;
};

NetworkTable::NetworkTable(const QList<NetworkRule> &rules)
{
    if (rules.isEmpty())
        return;
    auto table = std::make_shared<Private>();
    for (const NetworkRule &rule : rules) {
        const auto network = parseNetwork(rule.network);
        if (!network) // nobody writes such a one
            continue;
        auto &family = isV4(network->address) ? table->v4 : table->v6;
        QList<NetworkRule> &same = family[countedBits(*network)][{wholeBytes(network->address)}];
        same.insert(rule.standing == NetworkStanding::Exempt ? 0 : same.size(), rule);
    }
    d = std::move(table);
}

NetworkTable::~NetworkTable() = default;

const NetworkRule *NetworkTable::find(const QHostAddress &address, TimePoint now) const
{
    if (!d || address.isNull())
        return nullptr;
    const QHostAddress plain = withoutMapping(address);
    return findIn(isV4(plain) ? d->v4 : d->v6, plain, now);
}

} // namespace warder
