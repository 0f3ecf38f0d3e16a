#include "core/net/gate/GateClient.h"

#include "core/net/gate/AddressText.h"
#include "core/net/gate/HttpChars.h"

#include <algorithm>
#include <ranges>

namespace warder {
namespace {

constexpr std::string_view forwardedFor = "x-forwarded-for";

std::string_view lastItem(std::string_view list) { return chars::trimmed(list.substr(list.rfind(',') + 1)); }

/// Walks one X-Forwarded-For value from the right while the hop is one of ours. False when the walk is over.
bool walk(std::string_view value, GateClient &client, const Subnets &trusted)
{
    for (;;) {
        const auto comma = value.rfind(',');
        const auto hop = lastItem(value);
        const auto address = hopFrom(hop);
        if (!address)
            client.unreadable = hop;
        if (!address)
            return false;
        client.address = *address;
        const bool believed = isInAny(*address, trusted);
        if (!believed && comma != value.npos)
            client.behind = hopFrom(lastItem(value.substr(0, comma)));
        if (!believed || comma == value.npos)
            return believed;
        value = value.substr(0, comma);
    }
}

/// What programs add that speak for somebody else; Next.js' rewrites add X-Forwarded-Host only.
bool isProxysWord(const RequestHead::Field &field)
{
    return equalsIgnoringCase(field.name.substr(0, 11), "x-forwarded")
           || isFieldOf(field.name, {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"});
}

/// HTTP/1.0 is what nginx speaks to the servers behind it unless it is told otherwise.
bool mayComeFromAProxy(const RequestHead &head, const GatePeer &peer)
{
    return peer.isUnix || peer.isCarried || head.minor == 0 || std::ranges::any_of(head.fields, isProxysWord);
}

/// What X-Forwarded-For says, for whoever believes it: `address` is null where it names nobody.
GateClient claimOf(const RequestHead &head, const Subnets &trusted)
{
    GateClient claim {.address = {}, .unnamed = true};
    bool walking = true;
    for (const auto &[name, value] : head.fields | std::views::reverse) {
        if (!equalsIgnoringCase(name, forwardedFor))
            continue;
        claim.unnamed = false;
        walking = walking && walk(value, claim, trusted);
    }
    return claim;
}

/// What the outermost proxy of a chain saw.
std::string_view firstItem(std::string_view list) { return chars::trimmed(list.substr(0, list.find(','))); }

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
    const GateClient claim = claimOf(head, trusted);
    GateClient client {.address = peer.address,
                       .secure = peer.secure,
                       .forwarded = mayComeFromAProxy(head, peer),
                       .unnamed = isProxy && claim.unnamed && !peer.isCarried};
    if (isProxy) {
        client.unreadable = claim.unreadable;
        client.behind = claim.behind;
    }
    if (isProxy && !claim.address.isNull())
        client.address = claim.address;
    else if (!isProxy && !claim.address.isNull())
        client.claimed = claim.address;
    const auto protocol =
        std::ranges::find_if(head.fields, [](const auto &field) { return equalsIgnoringCase(field.name, "x-forwarded-proto"); });
    if ((isProxy || peer.isCarried) && protocol != head.fields.end())
        client.secure = equalsIgnoringCase(firstItem(protocol->value), "https");
    return client;
}

} // namespace warder
