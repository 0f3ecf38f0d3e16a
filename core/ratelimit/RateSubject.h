#pragma once

#include "core/base/Id.h"

#include <QHostAddress>
#include <QString>

#include <array>
#include <optional>

namespace warder {

/// Characters of a typed e-mail that are counted for (RFC 5321 allows no more in an address): all that begin alike share one key.
constexpr qsizetype longestAccountKey = 320;

/// Whom a request is counted for.
struct RateSubject
{
    QHostAddress address = {}; ///< From the socket or the trusted proxies. None at all counts as one client.
    QString accountKey = {};   ///< The normalised e-mail that was typed, known or not; empty: no account.
    Id session = {};           ///< Null: no session.
};

/// The address that stands for all that one client may own: IPv4 whole (also when mapped into IPv6), IPv6 by /64. Any thread.
QHostAddress countedAddress(const QHostAddress &address);

/// `203.0.113.7`, `2001:db8:1:2::/64`; "unknown" for none.
QString countedAddressText(const QHostAddress &address);

/// `203.0.113.0/24`, `2001:db8:1::/48`; "unknown" for none: what RateKey::Network counts by.
QString countedNetworkText(const QHostAddress &address);

/// The bytes of what countedAddressText() and countedNetworkText() say, IPv4 as it is mapped into IPv6; all 0 for none. No allocation.
using AddressBytes = std::array<quint8, 16>;
AddressBytes countedBytes(const QHostAddress &address);
AddressBytes networkBytes(const QHostAddress &address);

/// An address that counts as the text says, which one of the functions above wrote: a null one for "unknown". Nothing for another text.
std::optional<QHostAddress> addressInText(const QString &text);

/// `203.0.113.7`, `2001:db8:1::/48`; "unknown" for none: what one party gets for the asking, as many /64 as it may have in it.
QString networkTextOf(const QHostAddress &address);

} // namespace warder
