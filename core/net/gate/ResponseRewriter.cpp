#include "core/net/gate/ResponseRewriter.h"

#include "core/net/HttpDate.h"
#include "core/net/gate/HttpChars.h"
#include "core/net/gate/RequestHead.h"

#include <algorithm>
#include <charconv>

namespace warder {
namespace {

constexpr std::string_view headEnd = "\r\n\r\n";

/// "HTTP/1.1 204 No Content" → 204
int statusOf(std::string_view head)
{
    int status = 0;
    if (head.size() >= 12)
        std::from_chars(head.data() + 9, head.data() + 12, status);
    return status;
}

bool isOurs(std::string_view name) { return isFieldOf(name, {"connection", "keep-alive", "date"}); }

} // namespace

void ResponseRewriter::take(std::string_view bytes, bool mayGoOn, std::string &out)
{
    if (m_hasHead)
        return takeBody(bytes, out);
    m_head += bytes;
    const auto end = m_head.find(headEnd);
    if (end == m_head.npos)
        return;
    m_request.keepAlive = m_request.keepAlive && mayGoOn;
    const std::string whole = std::move(m_head);
    takeHead(std::string_view(whole).substr(0, end + 2), out);
    takeBody(std::string_view(whole).substr(end + headEnd.size()), out);
}

void ResponseRewriter::takeHead(std::string_view head, std::string &out)
{
    m_hasHead = true;
    m_status = statusOf(head);
    const auto firstLine = head.substr(0, head.find("\r\n") + 2);
    out += firstLine;
    for (head.remove_prefix(firstLine.size()); !head.empty();) {
        const auto line = head.substr(0, head.find("\r\n") + 2);
        takeField(line, out);
        head.remove_prefix(line.size());
    }
    const bool bodiless = m_request.isHead || m_status == 204 || m_status == 304;
    if (!m_hasLength && !bodiless) // only its end could tell the body's length, and we know no end
        m_request.keepAlive = false;
    if (bodiless)
        m_missing = 0;
    out.append("date: ").append(httpDate()).append("\r\n");
    if (!m_request.keepAlive)
        out += "connection: close\r\n";
    else if (m_request.minor == 0)
        out += "connection: keep-alive\r\n";
    out += "\r\n";
}

void ResponseRewriter::takeField(std::string_view line, std::string &out)
{
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    if (colon == line.npos || isOurs(name))
        return;
    if (equalsIgnoringCase(name, "content-length")) {
        if (m_status == 204) // RFC 9110 §8.6
            return;
        const auto value = chars::trimmed(line.substr(colon + 1, line.size() - colon - 3));
        std::from_chars(value.data(), value.data() + value.size(), m_missing);
        m_hasLength = true;
    }
    out += line;
}

void ResponseRewriter::takeBody(std::string_view bytes, std::string &out)
{
    const auto piece = bytes.substr(0, std::size_t(std::min(m_missing, qint64(bytes.size()))));
    out += piece;
    m_missing -= qint64(piece.size());
}

} // namespace warder
