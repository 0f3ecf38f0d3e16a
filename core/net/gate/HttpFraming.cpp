#include "core/net/gate/HttpFraming.h"

#include "core/net/gate/HttpChars.h"

#include <algorithm>
#include <charconv>

namespace warder {
namespace {

using chars::is;

bool isValidPort(std::string_view port)
{
    int value = 0;
    if (port.size() > 5 || !chars::areDigits(port))
        return false;
    std::from_chars(port.data(), port.data() + port.size(), value);
    return value > 0 && value < 65536;
}

bool isAddressCharacter(char c) { return is(c, chars::Hex) || c == ':' || c == '.'; }

bool isValidBracketedHost(std::string_view host)
{
    const auto end = host.find(']');
    if (end == host.npos || end < 3 || !std::ranges::all_of(host.substr(1, end - 1), isAddressCharacter))
        return false;
    const auto rest = host.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && isValidPort(rest.substr(1)));
}

/// The byte that "%XX" at `at` stands for, or -1.
int escapedByte(std::string_view text, std::size_t at)
{
    if (at + 2 >= text.size() || !is(text[at + 1], chars::Hex) || !is(text[at + 2], chars::Hex))
        return -1;
    return chars::hexValue(text[at + 1]) * 16 + chars::hexValue(text[at + 2]);
}

/// Bytes that no honest client escapes in a path, and that parsers after us might read as something else.
bool isTreacherous(int byte) { return byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\' || byte == '.' || byte == '%'; }

bool hasPlainCharacters(std::string_view target, std::size_t pathLength)
{
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (!is(target[i], i < pathLength ? chars::Target : chars::Query))
            return false;
        if (target[i] != '%')
            continue;
        const int byte = escapedByte(target, i);
        if (byte < 0 || (i < pathLength && isTreacherous(byte)))
            return false;
        i += 2;
    }
    return true;
}

/// A trailing slash is a segment of its own and may be empty; every other empty one may not.
bool hasPlainSegments(std::string_view path)
{
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        if (segment == "." || segment == ".." || (segment.empty() && !path.empty()))
            return false;
    }
    return true;
}

} // namespace

bool isValidHost(std::string_view host)
{
    if (host.empty() || host.size() > 255)
        return false;
    if (host.front() == '[')
        return isValidBracketedHost(host);
    const auto colon = host.find(':');
    if (colon == 0 || !chars::areAll(host.substr(0, colon), chars::RegName))
        return false;
    return colon == host.npos || isValidPort(host.substr(colon + 1));
}

bool isPlainTarget(std::string_view target)
{
    if (target.empty() || target.front() != '/')
        return false;
    const auto path = target.substr(0, target.find('?'));
    return hasPlainCharacters(target, path.size()) && hasPlainSegments(path);
}

} // namespace warder
