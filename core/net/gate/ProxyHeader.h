#pragma once

#include <QHostAddress>

#include <expected>
#include <string_view>

namespace warder {

/// What a proxy says about the connection it passes on, before the connection's own first byte (the PROXY protocol,
/// https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt). Believe it from a trusted peer only.
struct ProxyHeader
{
    std::size_t size = 0;     ///< So many bytes of the connection it takes.
    QHostAddress client = {}; ///< Null: it names nobody (LOCAL, UNKNOWN); the peer is the client.
    quint16 port = 0;
    bool isOwn = false; ///< LOCAL: the proxy asks for itself, as health checks do.
};

enum class ProxyFault {
    Incomplete, ///< So far it is fine; ask again when more has come.
    Malformed,  ///< And no further byte can mend it.
};

/// No header is longer; see Incomplete. (The protocol allows 64 KiB of extensions, which nobody sends.)
constexpr std::size_t longestProxyHeader = 16 + 2048;

/// Reads a header of version 1 or 2 from the beginning of `bytes`, which may go on behind it. Stricter than the protocol asks
/// in what the text form may look like. Pure; any thread.
std::expected<ProxyHeader, ProxyFault> parseProxyHeader(std::string_view bytes);

} // namespace warder
