#include "core/http/gate/GateClient.h"

#include "core/http/gate/HttpChars.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace warder {
namespace {

/// Walks one X-Forwarded-For value from the right while the hop is `believed`. False when the walk is over.
bool walk(std::string_view value, QHostAddress &client, bool believed, const Subnets &trusted)
{
    while (!value.empty() && believed) {
        const auto comma = value.rfind(',');
        const auto hop = chars::trimmed(comma == value.npos ? value : value.substr(comma + 1));
        QHostAddress address;
        if (!address.setAddress(QString::fromLatin1(hop.data(), qsizetype(hop.size()))))
            return false;
        client = plainAddress(address);
        believed = isInAny(client, trusted);
        value = comma == value.npos ? std::string_view() : value.substr(0, comma);
    }
    return believed;
}

/// What programs add that speak for somebody else; Next.js' rewrites add X-Forwarded-Host only.
bool isProxysWord(const RequestHead::Field &field)
{
    constexpr std::array<std::string_view, 5> names {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"};
    return std::ranges::any_of(names, [&field](std::string_view name) { return equalsIgnoringCase(field.name, name); });
}

std::string_view lastItem(std::string_view list)
{
    const auto comma = list.rfind(',');
    return chars::trimmed(comma == list.npos ? list : list.substr(comma + 1));
}

} // namespace

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

bool isInAny(const QHostAddress &address, const Subnets &nets)
{
    return std::ranges::any_of(nets, [&address](const auto &net) { return address.isInSubnet(net); });
}

bool isTrusted(const GatePeer &peer, const Subnets &trusted) { return peer.isUnix || isInAny(peer.address, trusted); }

GateClient clientOf(const RequestHead &head, const GatePeer &peer, const Subnets &trusted)
{
    const bool isProxy = isTrusted(peer, trusted);
    // Behind a unix domain socket stands a proxy, even where it does not say for whom it speaks.
    const bool forwarded = isProxy ? peer.isUnix : std::ranges::any_of(head.fields, isProxysWord);
    GateClient client {.address = peer.address, .secure = peer.secure, .forwarded = forwarded};
    bool walking = isProxy;
    for (const auto &[name, value] : head.fields | std::views::reverse) {
        if (!isProxy || !equalsIgnoringCase(name, "x-forwarded-for"))
            continue;
        client.forwarded = false;
        walking = walking && walk(value, client.address, true, trusted);
    }
    for (const auto &[name, value] : head.fields) {
        if ((isProxy || peer.isCarried) && equalsIgnoringCase(name, "x-forwarded-proto"))
            client.secure = equalsIgnoringCase(lastItem(value), "https");
    }
    return client;
}

} // namespace warder
