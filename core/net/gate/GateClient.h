#pragma once

#include "core/net/gate/GatePeer.h"
#include "core/net/gate/RequestHead.h"

#include <QList>
#include <QPair>

#include <optional>

namespace warder {

using Subnets = QList<QPair<QHostAddress, int>>;

/// IPv4 addresses that came as IPv6-mapped ones (from a dual-stack socket) become IPv4; others stay.
QHostAddress plainAddress(const QHostAddress &address);

bool isInAny(const QHostAddress &address, const Subnets &nets);

/// True for a proxy of ours: its word about the client is believed, and it may have any number of connections.
bool isTrusted(const GatePeer &peer, const Subnets &trusted);

/// Who asks, and how the client reached the outermost proxy that we trust.
struct GateClient
{
    QHostAddress address;
    bool secure = false;
    bool forwarded = false; ///< A proxy may stand between, one of ours or not.
    bool unnamed = false;   ///< A proxy of ours did not say for whom it asks: `address` is its own.
    std::optional<std::string_view> unreadable =
        {};                                   ///< The hop that is no address, of the head that was read: `address` is of who wrote it.
    std::optional<QHostAddress> claimed = {}; ///< Whom X-Forwarded-For names, of a peer that is no proxy of ours: not believed.
    std::optional<QHostAddress> behind = {};  ///< Of a proxy of ours: whom `address` in turn says it asks for: not believed.
};

/// Believes X-Forwarded-For and X-Forwarded-Proto only from a trusted peer: walks the addresses from the right while the hop
/// is one of ours, and stops at the first that is not, or that is no address. Of a carried peer the address is known already;
/// X-Forwarded-Proto is believed. In a chain of proxies that each add to X-Forwarded-Proto, the first word is the client's side;
/// a client that forges it deceives nobody but itself, since a browser's Origin must name the same scheme. Pure.
GateClient clientOf(const RequestHead &head, const GatePeer &peer, const Subnets &trusted);

} // namespace warder
