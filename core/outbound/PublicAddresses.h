#pragma once

class QHostAddress;

namespace warder {

/// Whether an address is one of the internet at large, so that who names it cannot mean a machine of ours: none of this machine, of a
/// private or a provider's network, of a link, of many at once, or set aside (RFC 6890 and what IANA added), also where IPv6 only wraps an
/// IPv4 address. Pure; any thread.
bool isPublicAddress(const QHostAddress &address);

} // namespace warder
