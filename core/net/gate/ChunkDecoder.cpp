#include "core/net/gate/ChunkDecoder.h"

#include "core/net/gate/HttpChars.h"

#include <algorithm>

namespace warder {
namespace {

/// What would frame, end or route the request anew, for a parser behind us that took trailers for fields.
bool isForbidden(std::string_view trailer)
{
    return isFieldOf(trailer, {"host", "connection", "content-length", "proxy-connection", "transfer-encoding"});
}

} // namespace

ChunkDecoder::ChunkDecoder(const FramingLimits &limits, qint64 room) : m_limits(limits), m_room(std::uint64_t(std::max<qint64>(room, 0))) {}

std::size_t ChunkDecoder::feed(std::string_view bytes, std::string &body)
{
    std::size_t consumed = 0;
    while (consumed < bytes.size() && !isDone() && !m_refusal) {
        if (m_at == At::Data)
            consumed += consumeData(bytes.substr(consumed), body);
        else
            consume(bytes[consumed++], body);
    }
    return consumed;
}

std::size_t ChunkDecoder::consumeData(std::string_view bytes, std::string &body)
{
    const auto piece = bytes.substr(0, std::size_t(std::min<std::uint64_t>(m_size, bytes.size())));
    body += piece;
    m_size -= piece.size();
    if (m_size == 0)
        m_at = At::DataReturn;
    return piece.size();
}

void ChunkDecoder::consume(char c, const std::string &body)
{
    if (m_at >= At::ExtensionName && m_at <= At::ExtensionEnd && ++m_extension > m_limits.chunkExtensions)
        return refuse(400);
    switch (m_at) {
    case At::Size:             return consumeSize(c);
    case At::ExtensionName:    return consumeExtensionName(c);
    case At::ExtensionValue:   return consumeExtensionValue(c);
    case At::ExtensionQuoted:  return consumeExtensionQuoted(c);
    case At::ExtensionEscaped: m_at = At::ExtensionQuoted; return chars::is(c, chars::FieldValue) ? void() : refuse(400);
    case At::ExtensionEnd:     return endExtension(c);
    case At::SizeEnd:          return consumeSizeEnd(c, body);
    case At::DataReturn:       return expect(c, '\r', At::DataEnd);
    case At::DataEnd:          return expect(c, '\n', At::Size);
    case At::TrailerStart:     return consumeTrailerStart(c);
    case At::TrailerName:      return consumeTrailerName(c);
    case At::TrailerValue:     return consumeTrailerValue(c);
    case At::TrailerEnd:       return expect(c, '\n', At::TrailerStart);
    case At::LastEnd:          return expect(c, '\n', At::End);
    case At::Data:
    case At::End:              return;
    }
}

void ChunkDecoder::expect(char c, char wanted, At next)
{
    if (c == wanted)
        m_at = next;
    else
        refuse(400);
}

void ChunkDecoder::consumeSize(char c)
{
    if (chars::is(c, chars::Hex)) {
        m_size = m_size * 16 + std::uint64_t(chars::hexValue(c));
        if (++m_digits > 15) // 60 bits: far beyond every limit, and it cannot overflow
            refuse(413);
        return;
    }
    if (m_digits == 0 || (c != ';' && c != '\r'))
        return refuse(400);
    m_extension = m_letters = 0;
    m_at = c == ';' ? At::ExtensionName : At::SizeEnd;
}

void ChunkDecoder::consumeExtensionName(char c)
{
    if (chars::is(c, chars::Token)) {
        ++m_letters;
    } else if (c == '=' && m_letters > 0) {
        m_letters = 0;
        m_at = At::ExtensionValue;
    } else {
        endExtension(c);
    }
}

void ChunkDecoder::consumeExtensionValue(char c)
{
    if (chars::is(c, chars::Token))
        ++m_letters;
    else if (c == '"' && m_letters == 0)
        m_at = At::ExtensionQuoted;
    else
        endExtension(c);
}

void ChunkDecoder::consumeExtensionQuoted(char c)
{
    m_letters = 1; // quotes alone are a value, too
    if (c == '"')
        m_at = At::ExtensionEnd;
    else if (c == '\\')
        m_at = At::ExtensionEscaped;
    else if (!chars::is(c, chars::FieldValue))
        refuse(400);
}

void ChunkDecoder::endExtension(char c)
{
    if (m_letters == 0 || (c != ';' && c != '\r'))
        return refuse(400);
    m_letters = 0;
    m_at = c == ';' ? At::ExtensionName : At::SizeEnd;
}

void ChunkDecoder::consumeSizeEnd(char c, const std::string &body)
{
    m_digits = 0;
    if (c != '\n')
        return refuse(400);
    if (body.size() > m_room || m_size > m_room - body.size())
        return refuse(413);
    m_at = m_size > 0 ? At::Data : At::TrailerStart;
}

void ChunkDecoder::consumeTrailerStart(char c)
{
    m_trailer.clear();
    if (c == '\r') {
        m_at = At::LastEnd;
    } else {
        m_at = At::TrailerName;
        consumeTrailerName(c);
    }
}

void ChunkDecoder::consumeTrailerName(char c)
{
    if (++m_trailers > m_limits.trailers)
        return refuse(431);
    if (chars::is(c, chars::Token)) {
        m_trailer += c;
        return;
    }
    m_at = At::TrailerValue;
    if (c != ':' || m_trailer.empty() || isForbidden(m_trailer))
        refuse(400);
}

void ChunkDecoder::consumeTrailerValue(char c)
{
    if (++m_trailers > m_limits.trailers)
        refuse(431);
    else if (c == '\r')
        m_at = At::TrailerEnd;
    else if (!chars::is(c, chars::FieldValue))
        refuse(400);
}

} // namespace warder
