#pragma once

#include "core/net/gate/HttpFraming.h"

namespace warder {

/// One run of parseHead(): reads line by line, and stops at the first thing that is wrong. Use once.
class HeadParser final
{
public:
    explicit HeadParser(const FramingLimits &limits) : m_limits(limits) {}

    std::expected<RequestHead, HttpStatus> parse(std::string_view head);

private:
    /// Each returns the status to refuse with, or 0.
    HttpStatus readRequestLine(std::string_view line);
    HttpStatus readVersion(std::string_view version);
    HttpStatus readField(std::string_view line);
    HttpStatus noteField(std::string_view name, std::string_view value);
    HttpStatus noteHost(std::string_view value);
    HttpStatus noteExpect(std::string_view value);
    HttpStatus noteConnection(std::string_view value);
    HttpStatus noteContentLength(std::string_view value);
    HttpStatus noteTransferEncoding(std::string_view value);
    HttpStatus checkWhole();
    HttpStatus resolveTarget();
    HttpStatus readAll(std::string_view head);

    const FramingLimits &m_limits;
    RequestHead m_head;
};

} // namespace warder
