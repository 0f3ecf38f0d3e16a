#pragma once

#include "core/net/gate/ChunkDecoder.h"
#include "core/net/gate/HttpFraming.h"
#include "core/net/gate/RequestHead.h"

#include <functional>
#include <optional>

namespace warder {

/// Turns the bytes of one connection into one request at a time; the rules of the wire without the wire. Holds at most
/// one request and 32 KiB of what follows it. One thread at a time.
class GateReader final
{
public:
    enum class State {
        Empty, ///< Not a byte of a request yet.
        Head,
        Body,
        Complete, ///< head() and body() may be asked; next() goes on.
        Refused,  ///< refusal() says why. The end: what follows cannot be trusted.
    };

    /// The most bytes the body of this request may have.
    using BodyLimit = std::function<qint64(const RequestHead &)>;

    GateReader(const FramingLimits &limits, BodyLimit bodyLimit);

    /// For the requests that have not begun yet.
    void setLimits(const FramingLimits &limits);

    /// How many bytes append() may bring now.
    static constexpr qsizetype room() { return 16 * 1024; }
    void append(std::string_view bytes);

    /// Looks at what has come, and says how far it got. Cheap when nothing is new.
    State advance();

    State state() const { return m_state; }
    HttpStatus refusal() const { return m_refusal; }
    /// Who sent the request that was refused, or that is being read or answered.
    Asker asker() const { return askerOf(m_state == State::Head ? unread() : std::string_view(m_headBytes)); }
    const RequestHead &head() const { return *m_head; } ///< From Body on.
    const std::string &body() const { return m_body; }

    /// True once per request, when the client waits for "100 Continue" before it sends the body.
    bool takeContinue();

    /// Forgets the complete request and goes on with what follows it.
    void next();

private:
    std::string_view unread() const { return std::string_view(m_bytes).substr(m_at); }
    void skipEmptyLines();
    void readHead();
    std::optional<std::size_t> findHeadEnd();
    HttpStatus whyRefused(std::size_t feed) const;
    bool isLineFine(std::size_t feed) const;
    void takeHead(std::size_t length);
    void startBody();
    void readBody();
    void readCountedBody();
    void readChunkedBody();
    void refuse(HttpStatus status);
    void refuseUnread(HttpStatus status);
    void releaseBytes();

    FramingLimits m_limits;
    const BodyLimit m_bodyLimit;
    std::string m_bytes; ///< From the wire, not yet taken apart, from m_at on.
    std::size_t m_at = 0;
    std::size_t m_scanned = 0; ///< Up to here of m_bytes there is no end of the head.
    int m_lines = 0;           ///< Whole lines of the head seen.
    int m_emptyLines = 0;      ///< Before the request.
    std::string m_headBytes;   ///< What m_head's views point into; of a refused request what came of its head.
    std::optional<RequestHead> m_head;
    std::optional<ChunkDecoder> m_chunks;
    std::string m_body;
    bool m_continueDue = false;
    State m_state = State::Empty;
    HttpStatus m_refusal = 0;
};

} // namespace warder
