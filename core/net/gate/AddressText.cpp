#include "core/net/gate/AddressText.h"

#include "core/net/gate/GateClient.h"
#include "core/net/gate/HttpChars.h"

#include <algorithm>
#include <charconv>

namespace warder {
namespace {

bool isPortOrNothing(std::string_view text) { return text.empty() || (text.front() == ':' && numberUpTo(65535, text.substr(1))); }

std::string_view withoutQuotes(std::string_view text)
{
    return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
}

std::string_view withoutZone(std::string_view text) { return text.substr(0, text.find('%')); }

std::optional<QHostAddress> bracketed(std::string_view text)
{
    const auto end = text.find(']');
    if (end == text.npos || !isPortOrNothing(text.substr(end + 1)))
        return std::nullopt;
    return ipv6From(withoutZone(text.substr(1, end - 1)));
}

} // namespace

std::optional<int> numberUpTo(int most, std::string_view text)
{
    int value = 0;
    const auto end = text.data() + text.size();
    if (text.empty() || text.size() > 5 || !chars::isDigit(text.front()) || (text.front() == '0' && text.size() > 1))
        return std::nullopt;
    if (std::from_chars(text.data(), end, value).ptr != end || value > most)
        return std::nullopt;
    return value;
}

std::string_view takeUpTo(char mark, std::string_view &text)
{
    const auto taken = text.substr(0, text.find(mark));
    text.remove_prefix(std::min(taken.size() + 1, text.size()));
    return taken;
}

std::optional<QHostAddress> ipv4From(std::string_view text)
{
    if (std::ranges::count(text, '.') != 3 || text.back() == '.')
        return std::nullopt;
    quint32 address = 0;
    for (int i = 0; i < 4; ++i) {
        const auto byte = numberUpTo(255, takeUpTo('.', text));
        if (!byte)
            return std::nullopt;
        address = address << 8 | quint32(*byte);
    }
    return QHostAddress(address);
}

std::optional<QHostAddress> ipv6From(std::string_view text)
{
    const auto isAllowed = [](char c) { return chars::is(c, chars::Hex) || c == ':' || c == '.'; };
    QHostAddress address;
    if (!text.contains(':') || !std::ranges::all_of(text, isAllowed))
        return std::nullopt;
    if (text.contains('.') && !ipv4From(text.substr(text.rfind(':') + 1)))
        return std::nullopt;
    if (!address.setAddress(QString::fromLatin1(text.data(), qsizetype(text.size())))
        || address.protocol() != QAbstractSocket::IPv6Protocol)
        return std::nullopt;
    return plainAddress(address);
}

std::optional<QHostAddress> hopFrom(std::string_view text)
{
    text = withoutQuotes(text);
    if (text.starts_with('['))
        return bracketed(text);
    // Behind a dotted address a colon can only begin a port; behind another it is part of it.
    const auto dot = text.rfind('.');
    const auto colon = dot == text.npos ? text.npos : text.find(':', dot);
    if (colon != text.npos && !isPortOrNothing(text.substr(colon)))
        return std::nullopt;
    const auto address = text.substr(0, colon);
    return address.contains(':') ? ipv6From(withoutZone(address)) : ipv4From(address);
}

} // namespace warder
