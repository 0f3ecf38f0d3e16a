#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

/// libFuzzer changes bytes; half of the time this changes lines, and spices where parsers differ: around colons and line ends.
namespace {

using namespace std::string_view_literals;
using Chance = std::minstd_rand;

constexpr std::size_t prefix = 2; ///< What decides how the input is cut; not HTTP.

constexpr std::array lines {"GET / HTTP/1.1\r\nHost: a\r\n\r\n"sv,
                            "POST / HTTP/1.1\r\nHost: a\r\n"sv,
                            "GET / HTTP/1.0\r\n"sv,
                            "Host: a\r\n"sv,
                            "Content-Length: 3\r\n"sv,
                            "Content-Length: 0\r\n"sv,
                            "Content-Length: 5\r\n"sv,
                            "Transfer-Encoding: chunked\r\n"sv,
                            "Transfer-Encoding: identity\r\n"sv,
                            "Connection: close\r\n"sv,
                            "Connection: keep-alive\r\n"sv,
                            "Connection: upgrade\r\n"sv,
                            "Upgrade: x\r\n"sv,
                            "Expect: 100-continue\r\n"sv,
                            "X: y\r\n"sv,
                            " folded\r\n"sv,
                            "\r\n"sv,
                            "0\r\n\r\n"sv,
                            "3\r\nabc\r\n"sv,
                            "0\r\n"sv,
                            "5;a=b\r\n"sv,
                            "abc\r\n"sv,
                            "T: 1\r\n"sv,
                            "\n"sv,
                            "\r"sv};

constexpr std::array spices {"\t"sv,   " "sv,    "\r"sv,   "\n"sv, "\0"sv, "\x0b"sv,    "\x0c"sv,     "\x7f"sv,
                             "\x85"sv, "\xa0"sv, "\xff"sv, ","sv,  ";"sv,  ":"sv,       "\""sv,       "\\"sv,
                             "0"sv,    "+"sv,    "-"sv,    "0x"sv, "_"sv,  ", close"sv, ",chunked"sv, "=\"a\""sv};

template <typename List>
auto &oneOf(List &list, Chance &chance)
{
    return list[chance() % list.size()];
}

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
        found.emplace_back(line);
        text.remove_prefix(line.size());
    }
    return found;
}

/// Before or behind a colon, before the line end, at the start, or anywhere.
std::size_t tenderPlace(std::string_view line, Chance &chance)
{
    const std::array<std::size_t, 6> places {
        0, line.find(':'), line.find(':') + 1, line.find('\r'), line.find('\n'), chance() % (line.size() + 1)};
    return std::min(oneOf(places, chance), line.size());
}

void changeLines(std::vector<std::string> &text, Chance &chance)
{
    if (text.empty())
        text.emplace_back(oneOf(lines, chance));
    std::string &line = oneOf(text, chance);
    switch (chance() % 6) {
    case 0: line.insert(tenderPlace(line, chance), oneOf(spices, chance)); return;
    case 1: std::swap(line, oneOf(text, chance)); return;
    case 2: text.erase(text.begin() + (&line - text.data())); return;
    case 3: text.insert(text.begin() + std::ptrdiff_t(chance() % (text.size() + 1)), std::string(line)); return;
    case 4:
        for (char &c : line) // field names and codings know no case
            c = char(chance() % 2 ? std::toupper(std::uint8_t(c)) : std::tolower(std::uint8_t(c)));
        return;
    default: text.insert(text.begin() + std::ptrdiff_t(chance() % (text.size() + 1)), std::string(oneOf(lines, chance)));
    }
}

} // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
    Chance chance(seed + 1);
    if (size < prefix || chance() % 2)
        return LLVMFuzzerMutate(data, size, most);
    auto text = linesOf({reinterpret_cast<const char *>(data) + prefix, size - prefix});
    for (auto changes = 1 + chance() % 3; changes > 0; --changes)
        changeLines(text, chance);
    std::string out;
    for (const std::string &line : text)
        out += line;
    out.resize(std::min(out.size(), most - prefix));
    std::memcpy(data + prefix, out.data(), out.size());
    return prefix + out.size();
}
