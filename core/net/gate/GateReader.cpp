#include "core/net/gate/GateReader.h"

#include <cstring>

namespace warder {
namespace {

/// RFC 9112 §2.2: a server should ignore at least one empty line before a request.
constexpr int emptyLinesIgnored = 2;

/// What an idle connection may keep.
constexpr std::size_t idleCapacity = 4 * 1024;

/// " HTTP/1.1" and its line end, which the limit of the request line does not count.
constexpr std::size_t versionAllowance = 16;

} // namespace

GateReader::GateReader(const FramingLimits &limits, BodyLimit bodyLimit) : m_limits(limits), m_bodyLimit(std::move(bodyLimit)) {}

void GateReader::setLimits(const FramingLimits &limits)
{
    if (m_state == State::Empty)
        m_limits = limits;
}

void GateReader::append(std::string_view bytes)
{
    m_bytes.erase(0, m_at);
    m_scanned -= std::min(m_scanned, m_at);
    m_at = 0;
    m_bytes += bytes;
}

GateReader::State GateReader::advance()
{
    if (m_state == State::Empty)
        skipEmptyLines();
    if (m_state == State::Head)
        readHead();
    if (m_state == State::Body)
        readBody();
    return m_state;
}

void GateReader::skipEmptyLines()
{
    while (m_emptyLines < emptyLinesIgnored && unread().starts_with("\r\n")) {
        m_at += 2;
        ++m_emptyLines;
    }
    const bool mayBecomeEmptyLine = unread() == "\r" && m_emptyLines < emptyLinesIgnored;
    if (unread().empty() || mayBecomeEmptyLine)
        return;
    m_scanned = m_at;
    m_lines = 0;
    m_state = State::Head;
}

void GateReader::readHead()
{
    const bool beginsLikeMethod = unread().front() >= 'A' && unread().front() <= 'Z';
    if (!beginsLikeMethod) // a TLS hello, an HTTP/2 frame, stray bytes of a body
        return refuseUnread(400);
    if (const auto length = findHeadEnd())
        takeHead(*length);
}

/// Looks at line ends only: a bare LF, or a first line that is not HTTP/1, need not be waited out.
std::optional<std::size_t> GateReader::findHeadEnd()
{
    for (;;) {
        const auto feed = m_bytes.find('\n', m_scanned);
        if (const HttpStatus refusal = whyRefused(feed)) {
            refuseUnread(refusal);
            return std::nullopt;
        }
        m_scanned = std::min(feed, m_bytes.size() - 1) + 1;
        if (feed == m_bytes.npos)
            return std::nullopt;
        ++m_lines;
        if (feed >= m_at + 3 && m_bytes[feed - 2] == '\n')
            return feed + 1 - m_at;
    }
}

/// Judges what is before the line end, wherever that is, so that the same bytes get the same status in any pieces.
HttpStatus GateReader::whyRefused(std::size_t feed) const
{
    const auto before = std::min(feed, m_bytes.size()) - m_at;
    if (m_lines == 0 && before > std::size_t(m_limits.requestLine) + versionAllowance)
        return 414;
    if (before > std::size_t(m_limits.head))
        return 431;
    return feed == m_bytes.npos || isLineFine(feed) ? 0 : 400;
}

bool GateReader::isLineFine(std::size_t feed) const
{
    if (feed == m_at || m_bytes[feed - 1] != '\r')
        return false;
    return m_lines > 0 || (feed - m_at >= 12 && m_bytes.compare(feed - 9, 5, "HTTP/") == 0);
}

void GateReader::takeHead(std::size_t length)
{
    if (length > std::size_t(m_limits.head))
        return refuseUnread(431);
    m_headBytes.assign(m_bytes, m_at, length);
    m_at += length;
    auto head = parseHead(m_headBytes, m_limits);
    if (!head)
        return refuse(head.error());
    m_head = std::move(*head);
    startBody();
}

void GateReader::startBody()
{
    const qint64 limit = m_head->hasBody() ? m_bodyLimit(*m_head) : 0;
    if (m_head->contentLength > limit)
        return refuse(413);
    m_body.clear();
    if (m_head->chunked)
        m_chunks.emplace(m_limits, limit);
    m_continueDue = m_head->expectContinue && m_head->hasBody() && unread().empty();
    m_state = m_head->hasBody() ? State::Body : State::Complete;
}

void GateReader::readBody()
{
    if (m_head->chunked)
        readChunkedBody();
    else
        readCountedBody();
}

void GateReader::readCountedBody()
{
    const auto missing = std::size_t(m_head->contentLength) - m_body.size();
    const auto piece = unread().substr(0, missing);
    m_body += piece;
    m_at += piece.size();
    if (piece.size() == missing)
        m_state = State::Complete;
}

void GateReader::readChunkedBody()
{
    m_at += m_chunks->feed(unread(), m_body);
    if (m_chunks->refusal())
        refuse(m_chunks->refusal());
    else if (m_chunks->isDone())
        m_state = State::Complete;
}

bool GateReader::takeContinue() { return std::exchange(m_continueDue, false); }

void GateReader::next()
{
    m_head.reset();
    m_chunks.reset();
    m_body = {};
    m_continueDue = false;
    m_emptyLines = 0;
    m_state = State::Empty;
    if (unread().empty())
        releaseBytes();
}

void GateReader::releaseBytes()
{
    m_at = m_scanned = 0;
    if (m_bytes.capacity() > idleCapacity)
        m_bytes = {};
    else
        m_bytes.clear();
}

void GateReader::refuseUnread(HttpStatus status)
{
    m_headBytes.assign(unread());
    refuse(status);
}

void GateReader::refuse(HttpStatus status)
{
    m_refusal = status;
    m_state = State::Refused;
    m_bytes = {};
    m_at = m_scanned = 0;
}

} // namespace warder
