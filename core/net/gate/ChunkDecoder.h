#pragma once

#include "core/net/gate/HttpFraming.h"

#include <string>

namespace warder {

/// Takes a chunked body apart (RFC 9112 §7.1), in pieces of any size. Extensions and trailers are read, strictly, and discarded:
/// no blanks around an extension's parts, no trailer that frames or routes a request (RFC 9110 §6.5.1).
class ChunkDecoder final
{
public:
    /// `room`: the most bytes the body may have.
    ChunkDecoder(const FramingLimits &limits, qint64 room);

    /// Decodes as much of `bytes` as it can and appends the payload to `body`. Stops at the end of the body or at the first fault; returns
    /// how many bytes it consumed.
    std::size_t feed(std::string_view bytes, std::string &body);

    bool isDone() const { return m_at == At::End; }
    HttpStatus refusal() const { return m_refusal; } ///< 0: none

private:
    enum class At {
        Size,
        ExtensionName,
        ExtensionValue,
        ExtensionQuoted,
        ExtensionEscaped,
        ExtensionEnd,
        SizeEnd,
        Data,
        DataReturn,
        DataEnd,
        TrailerStart,
        TrailerName,
        TrailerValue,
        TrailerEnd,
        LastEnd,
        End
    };

    void consume(char c, const std::string &body);
    void consumeSize(char c);
    void consumeExtensionName(char c);
    void consumeExtensionValue(char c);
    void consumeExtensionQuoted(char c);
    void endExtension(char c);
    void consumeSizeEnd(char c, const std::string &body);
    void consumeTrailerStart(char c);
    void consumeTrailerName(char c);
    void consumeTrailerValue(char c);
    void expect(char c, char wanted, At next);
    void refuse(HttpStatus status) { m_refusal = status; }
    std::size_t consumeData(std::string_view bytes, std::string &body);

    const FramingLimits &m_limits;
    const std::uint64_t m_room;
    At m_at = At::Size;
    std::uint64_t m_size = 0; ///< Of this chunk; counts down as its data comes.
    int m_digits = 0;
    qsizetype m_extension = 0; ///< Bytes of this chunk's extensions.
    qsizetype m_letters = 0;   ///< Of an extension's name or value.
    std::string m_trailer;     ///< The name of a trailer.
    qsizetype m_trailers = 0;
    HttpStatus m_refusal = 0;
};

} // namespace warder
