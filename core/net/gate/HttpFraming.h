#pragma once

#include "core/net/gate/RequestHead.h"

#include <expected>

namespace warder {

/// How much of a request is read before it is refused; bytes unless said otherwise.
struct FramingLimits
{
    qsizetype requestLine = 8 * 1024; ///< 414
    qsizetype head = 16 * 1024;       ///< 431; request line and all fields
    int fields = 64;                  ///< 431
    qint64 body = 64 * 1024;          ///< 413; a handler may set another for a route
    qsizetype chunkExtensions = 256;  ///< 400; per chunk
    qsizetype trailers = 4 * 1024;    ///< 431; they are read and discarded
};

/// The status that a refused request is answered with.
using HttpStatus = int;

/// Parses one whole head, up to and including its empty line. Stricter than RFC 9112 asks: no folding, no bare CR or LF, one
/// Host, one Content-Length of at most 18 digits, Transfer-Encoding exactly "chunked". Pure; any thread.
std::expected<RequestHead, HttpStatus> parseHead(std::string_view head, const FramingLimits &limits);

/// True for an origin-form target that means the same to every parser: no "//", no dot segments, no fragment, nothing
/// outside RFC 3986, and none of %00-%1F %7F %2F %5C %2E %25 in the path.
bool isPlainTarget(std::string_view target);

/// A Host field (RFC 9110 §7.2): a name, IPv4 address or bracketed IPv6 address, and perhaps a port from 1 to 65535.
bool isValidHost(std::string_view host);

} // namespace warder
