#include "core/http/gate/RequestHead.h"

#include <algorithm>

namespace warder {
namespace {

char lowered(char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; }

} // namespace

bool equalsIgnoringCase(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, {}, lowered, lowered);
}

std::string_view RequestHead::value(std::string_view name) const
{
    const auto named = [name](const Field &field) { return equalsIgnoringCase(field.name, name); };
    const auto found = std::ranges::find_if(fields, named);
    return found == fields.end() ? std::string_view() : found->value;
}

} // namespace warder
