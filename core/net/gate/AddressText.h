#pragma once

#include <QHostAddress>

#include <optional>
#include <string_view>

/// Addresses as the wire spells them, each in its one spelling: QHostAddress also reads "203.0.113", "3405803783" and "0x7f.1",
/// which other programs take for other addresses, or for names. Pure; any thread.
namespace warder {

/// A decimal number: no sign, no zero in front.
std::optional<int> numberUpTo(int most, std::string_view text);

/// Takes the text up to the first `mark`, or all of it.
std::string_view takeUpTo(char mark, std::string_view &text);

/// Four decimal numbers.
std::optional<QHostAddress> ipv4From(std::string_view text);

/// RFC 4291 §2.2, without brackets and zone; an IPv6-mapped address becomes IPv4.
std::optional<QHostAddress> ipv6From(std::string_view text);

/// A hop of X-Forwarded-For as proxies write it: an address, perhaps in brackets or quotes, with a port or a zone. Nothing for
/// "unknown", short forms and all else.
std::optional<QHostAddress> hopFrom(std::string_view text);

} // namespace warder
