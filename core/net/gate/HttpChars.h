#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace warder::chars {

/// The character classes of RFC 9110 §5.6 and RFC 3986, one bit each. Locale-free; obs-text counts as field value.
enum Class : std::uint8_t {
    Token = 1,
    FieldValue = 2,
    Target = 4, ///< What a request target may hold, '%' and '?' among it.
    Query = 32, ///< Behind its '?' also what browsers do not escape there (URL standard, "query state").
    Hex = 8,
    RegName = 16, ///< A host name, without percent escapes and commas.
};

namespace detail {

constexpr bool isIn(std::string_view set, int c) { return set.find(char(c)) != set.npos; }
constexpr bool isDigit(int c) { return c >= '0' && c <= '9'; }
constexpr bool isAlpha(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr std::uint8_t classesOf(int c)
{
    const bool alnum = isAlpha(c) || isDigit(c);
    int classes = 0;
    if (alnum || (c && isIn("!#$%&'*+-.^_`|~", c)))
        classes |= Token;
    if (c == '\t' || (c >= 0x20 && c != 0x7f))
        classes |= FieldValue;
    if (alnum || (c && isIn("-._~!$&'()*+,;=:@/?%", c)))
        classes |= Target;
    if (alnum || (c && isIn("-._~!$&'()*+,;=:@/?%[]{}|^`\\", c)))
        classes |= Query;
    if (isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        classes |= Hex;
    if (alnum || (c && isIn("-._~!$&'()*+;=", c)))
        classes |= RegName;
    return std::uint8_t(classes);
}

inline constexpr auto table = [] {
    std::array<std::uint8_t, 256> classes {};
    for (int c = 0; c < 256; ++c)
        classes[std::size_t(c)] = classesOf(c);
    return classes;
}();

} // namespace detail

constexpr bool is(char c, Class wanted) { return detail::table[std::uint8_t(c)] & wanted; }
constexpr bool isDigit(char c) { return detail::isDigit(std::uint8_t(c)); }

constexpr bool areDigits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, isDigit); }

constexpr bool areAll(std::string_view text, Class wanted)
{
    return std::all_of(text.begin(), text.end(), [wanted](char c) { return is(c, wanted); }); // unrolled, as that of std::ranges is not
}

/// The value of a Hex character.
constexpr int hexValue(char c) { return isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

/// Without spaces and tabs at both ends.
constexpr std::string_view trimmed(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

} // namespace warder::chars
