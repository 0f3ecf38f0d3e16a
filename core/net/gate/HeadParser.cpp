#include "core/net/HttpMethod.h"
#include "core/net/gate/HttpChars.h"
#include "core/net/gate/HttpFraming.h"

#include <algorithm>
#include <charconv>

namespace warder {
namespace {

constexpr HttpStatus fine = 0;
constexpr HttpStatus badRequest = 400;
constexpr std::string_view lineEnd = "\r\n";

bool isUpperCase(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// What follows "http://" or "https://", or nothing.
std::string_view withoutScheme(std::string_view target)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (equalsIgnoringCase(target.substr(0, scheme.size()), scheme))
            return target.substr(scheme.size());
    }
    return {};
}

/// A tab around these is legal, but other parsers stumble over it, and nobody sends it for a good reason.
bool framesRequests(std::string_view name) { return isFieldOf(name, {"content-length", "transfer-encoding", "connection"}); }

/// One run of parseHead(): reads line by line, and stops at the first thing that is wrong. Use once.
class HeadParser final
{
public:
    explicit HeadParser(const FramingLimits &limits) : m_limits(limits) {}

    std::expected<RequestHead, HttpStatus> parse(std::string_view head)
    {
        if (const HttpStatus refusal = readAll(head))
            return std::unexpected(refusal);
        return std::move(m_head);
    }

private:
    // Each returns the status to refuse with, or 0.

    HttpStatus readAll(std::string_view head)
    {
        auto end = head.find(lineEnd);
        if (end == head.npos)
            return badRequest;
        if (const HttpStatus refusal = readRequestLine(head.substr(0, end)))
            return refusal;
        for (;;) {
            head.remove_prefix(end + lineEnd.size());
            end = head.find(lineEnd);
            if (end == head.npos)
                return badRequest;
            if (end == 0)
                return head.size() == lineEnd.size() ? checkWhole() : badRequest;
            if (const HttpStatus refusal = readField(head.substr(0, end)))
                return refusal;
        }
    }

    HttpStatus readRequestLine(std::string_view line)
    {
        if (line.size() > std::size_t(m_limits.requestLine))
            return 414;
        const auto first = line.find(' ');
        const auto second = first == line.npos ? line.npos : line.find(' ', first + 1);
        if (second == line.npos || second == first + 1)
            return badRequest;
        m_head.method = line.substr(0, first);
        m_head.target = line.substr(first + 1, second - first - 1);
        if (m_head.method.size() > 32 || !isUpperCase(m_head.method))
            return badRequest;
        return readVersion(line.substr(second + 1));
    }

    HttpStatus readVersion(std::string_view version)
    {
        if (version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.')
            return badRequest;
        if (!chars::isDigit(version[5]) || !chars::isDigit(version[7]))
            return badRequest;
        if (version[5] != '1' || version[7] > '1')
            return 505;
        m_head.minor = version[7] - '0';
        m_head.keepAlive = m_head.minor == 1;
        return fine;
    }

    HttpStatus readField(std::string_view line)
    {
        if (m_head.fields.size() >= std::size_t(m_limits.fields))
            return 431;
        const auto colon = line.find(':');
        if (colon == line.npos || colon == 0)
            return badRequest;
        const auto name = line.substr(0, colon);
        const auto spaced = line.substr(colon + 1);
        const auto value = chars::trimmed(spaced);
        // A folded line begins with a blank and "Name :" ends with one: neither is a token.
        if (!chars::areAll(name, chars::Token) || !chars::areAll(value, chars::FieldValue))
            return badRequest;
        if (spaced.contains('\t') && framesRequests(name))
            return badRequest;
        m_head.fields.push_back({name, value});
        return noteField(name, value);
    }

    HttpStatus noteField(std::string_view name, std::string_view value)
    {
        switch (name.size()) {
        case 4:  return equalsIgnoringCase(name, "host") ? noteHost(value) : fine;
        case 6:  return equalsIgnoringCase(name, "expect") ? noteExpect(value) : fine;
        case 10: return equalsIgnoringCase(name, "connection") ? noteConnection(value) : fine;
        case 14: return equalsIgnoringCase(name, "content-length") ? noteContentLength(value) : fine;
        case 17: return equalsIgnoringCase(name, "transfer-encoding") ? noteTransferEncoding(value) : fine;
        default: return fine;
        }
    }

    HttpStatus noteHost(std::string_view value)
    {
        if (!m_head.host.empty() || !isValidHost(value))
            return badRequest;
        m_head.host = value;
        return fine;
    }

    HttpStatus noteExpect(std::string_view value)
    {
        if (!equalsIgnoringCase(value, "100-continue"))
            return 417;
        m_head.expectContinue = m_head.minor == 1;
        return fine;
    }

    HttpStatus noteConnection(std::string_view value)
    {
        while (!value.empty()) {
            const auto option = value.substr(0, value.find(','));
            value.remove_prefix(std::min(option.size() + 1, value.size()));
            if (equalsIgnoringCase(chars::trimmed(option), "close"))
                m_head.asksToClose = true;
            if (equalsIgnoringCase(chars::trimmed(option), "keep-alive"))
                m_head.keepAlive = true;
        }
        return fine;
    }

    HttpStatus noteContentLength(std::string_view value)
    {
        // 18 digits always fit; a second field is refused even when it says the same.
        if (m_head.contentLength >= 0 || value.size() > 18 || !chars::areDigits(value))
            return badRequest;
        std::from_chars(value.data(), value.data() + value.size(), m_head.contentLength);
        return fine;
    }

    HttpStatus noteTransferEncoding(std::string_view value)
    {
        if (m_head.chunked)
            return badRequest;
        if (!equalsIgnoringCase(value, "chunked"))
            return 501;
        m_head.chunked = true;
        return fine;
    }

    HttpStatus checkWhole()
    {
        if (m_head.chunked && (m_head.contentLength >= 0 || m_head.minor == 0))
            return badRequest;
        if (m_head.host.empty() && m_head.minor == 1)
            return badRequest;
        if (!methodFromName(m_head.method))
            return 501;
        m_head.keepAlive = m_head.keepAlive && !m_head.asksToClose;
        return resolveTarget();
    }

    HttpStatus resolveTarget()
    {
        if (m_head.target.front() != '/') {
            const auto absolute = withoutScheme(m_head.target);
            const auto end = std::min(absolute.find_first_of("/?#"), absolute.size());
            if (absolute.empty() || !equalsIgnoringCase(absolute.substr(0, end), m_head.host))
                return badRequest;
            m_head.target = end == absolute.size() ? std::string_view("/") : absolute.substr(end);
        }
        return isPlainTarget(m_head.target) ? fine : badRequest;
    }

    const FramingLimits &m_limits;
    RequestHead m_head;
};

} // namespace

std::expected<RequestHead, HttpStatus> parseHead(std::string_view head, const FramingLimits &limits)
{
    return HeadParser(limits).parse(head);
}

} // namespace warder
