#include "core/net/gate/RequestHead.h"

#include "core/net/gate/HttpChars.h"

#include <algorithm>
#include <utility>

namespace warder {
namespace {

constexpr std::string_view lineEnd = "\r\n";

char lowered(char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; }

} // namespace

Asker askerOf(std::string_view head)
{
    Asker asker;
    bool isAmbiguous = false;
    for (auto end = head.find(lineEnd); end != head.npos; end = head.find(lineEnd)) {
        const auto colon = head.substr(0, end).find(':');
        const auto name = head.substr(0, std::min(colon, end));
        const auto value = colon == head.npos ? std::string_view() : chars::trimmed(head.substr(colon + 1, end - colon - 1));
        if (equalsIgnoringCase(name, "origin"))
            isAmbiguous = isAmbiguous || !std::exchange(asker.origin, value).empty();
        if (equalsIgnoringCase(name, "host"))
            asker.host = value;
        head.remove_prefix(end + lineEnd.size());
    }
    if (isAmbiguous)
        asker.origin = {};
    return asker;
}

bool equalsIgnoringCase(std::string_view one, std::string_view other) { return std::ranges::equal(one, other, {}, lowered, lowered); }

bool isFieldOf(std::string_view name, std::initializer_list<std::string_view> fields)
{
    return std::ranges::any_of(fields, [name](std::string_view field) { return equalsIgnoringCase(name, field); });
}

} // namespace warder
