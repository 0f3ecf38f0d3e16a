#include "core/net/gate/ProxyHeader.h"

#include "core/net/gate/AddressText.h"
#include "core/net/gate/GateClient.h"

#include <QtEndian>

#include <algorithm>
#include <array>

using namespace std::string_view_literals;

namespace warder {
namespace {

using Parsed = std::expected<ProxyHeader, ProxyFault>;

constexpr auto incomplete = std::unexpected(ProxyFault::Incomplete);
constexpr auto malformed = std::unexpected(ProxyFault::Malformed);

// ---------------------------------------------------------------- version 1, text (§2.1)

constexpr auto textSignature = "PROXY "sv;

/// The longest line that the protocol can form, with its CRLF.
constexpr std::size_t longestLine = 107;

/// What follows "PROXY ", without the line end: "TCP4 from to port port".
Parsed parseWords(std::string_view line, std::size_t size)
{
    std::array<std::string_view, 5> words;
    if (std::ranges::count(line, ' ') != 4 || line.back() == ' ')
        return malformed;
    std::ranges::generate(words, [&line] { return takeUpTo(' ', line); });
    const auto addressFrom = words[0] == "TCP4" ? ipv4From : ipv6From;
    const auto client = addressFrom(words[1]);
    const auto port = numberUpTo(65535, words[3]);
    const bool known = words[0] == "TCP4" || words[0] == "TCP6";
    if (!known || !client || !addressFrom(words[2]) || !port || !numberUpTo(65535, words[4]))
        return malformed;
    return ProxyHeader {.size = size, .client = *client, .port = quint16(*port)};
}

Parsed parseText(std::string_view bytes)
{
    const auto isPrintable = [](char c) { return c >= 0x20 && c < 0x7f; };
    const auto start = bytes.substr(0, longestLine);
    const auto end = std::size_t(std::ranges::find_if_not(start, isPrintable) - start.begin());
    if (end + 2 > longestLine || (end < start.size() && start[end] != '\r'))
        return malformed;
    if (end + 2 > start.size())
        return incomplete;
    if (start[end + 1] != '\n')
        return malformed;
    const auto line = start.substr(textSignature.size(), end - textSignature.size());
    if (line == "UNKNOWN" || line.starts_with("UNKNOWN ")) // "must ignore anything presented before the CRLF"
        return ProxyHeader {.size = end + 2};
    return parseWords(line, end + 2);
}

// ---------------------------------------------------------------- version 2, binary (§2.2)

constexpr auto binarySignature = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr std::size_t fixedPart = 16;
constexpr std::size_t ipv4Part = 12;
constexpr std::size_t ipv6Part = 36;

template <typename Number>
Number numberAt(std::string_view bytes, std::size_t at)
{
    return qFromBigEndian<Number>(bytes.data() + at);
}

QHostAddress ipv6At(std::string_view bytes)
{
    Q_IPV6ADDR address;
    bytes.copy(reinterpret_cast<char *>(address.c), sizeof address.c);
    return plainAddress(QHostAddress(address));
}

/// `rest` is what the length counts: addresses, then extensions (TLVs), which say nothing that we use.
Parsed parseAddresses(quint8 family, std::string_view rest)
{
    const std::size_t size = fixedPart + rest.size();
    switch (family) {
    case 0x11: // TCP over IPv4
        if (rest.size() < ipv4Part)
            return malformed;
        return ProxyHeader {.size = size, .client = QHostAddress(numberAt<quint32>(rest, 0)), .port = numberAt<quint16>(rest, 8)};
    case 0x21: // TCP over IPv6
        if (rest.size() < ipv6Part)
            return malformed;
        return ProxyHeader {.size = size, .client = ipv6At(rest), .port = numberAt<quint16>(rest, 32)};
    case 0x00: // "unspecified", and the rest of what is valid but has no address for us
    case 0x12:
    case 0x22:
    case 0x31:
    case 0x32: return ProxyHeader {.size = size};
    default:   return malformed;
    }
}

Parsed parseBinary(std::string_view bytes)
{
    constexpr quint8 local = 0x20; // version and command
    constexpr quint8 proxied = 0x21;
    if (bytes.size() <= binarySignature.size())
        return incomplete;
    const auto command = quint8(bytes[12]);
    if (command != local && command != proxied)
        return malformed;
    if (bytes.size() < fixedPart)
        return incomplete;
    const std::size_t size = fixedPart + numberAt<quint16>(bytes, 14);
    if (size > longestProxyHeader)
        return malformed;
    if (bytes.size() < size)
        return incomplete;
    if (command == local) // a health check; even the family is to be ignored
        return ProxyHeader {.size = size, .isOwn = true};
    return parseAddresses(quint8(bytes[13]), bytes.substr(fixedPart, size - fixedPart));
}

bool beginAlike(std::string_view bytes, std::string_view signature)
{
    return bytes.substr(0, signature.size()) == signature.substr(0, bytes.size());
}

} // namespace

std::expected<ProxyHeader, ProxyFault> parseProxyHeader(std::string_view bytes)
{
    if (bytes.empty())
        return incomplete;
    if (beginAlike(bytes, binarySignature))
        return parseBinary(bytes);
    if (!beginAlike(bytes, textSignature))
        return malformed;
    return bytes.size() < textSignature.size() ? incomplete : parseText(bytes);
}

} // namespace warder
