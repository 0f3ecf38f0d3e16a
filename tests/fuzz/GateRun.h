#pragma once

#include "core/net/gate/HttpFraming.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace warder::fuzz {

/// One request, as a parser framed it. Two parsers that agree on all of this cannot be played off against each other.
struct Framed
{
    using Fields = std::vector<std::pair<std::string, std::string>>;

    std::string method = {};
    std::string target = {};
    int minor = 0;
    Fields fields = {}; ///< Without trailers; values without the blanks around them.
    std::string body = {};
    bool keepAlive = false;
    std::size_t end = 0; ///< So many bytes of the connection are its own or before it. (0: not known)

    bool has(std::string_view name) const; ///< A field of that name (ASCII case ignored).
};

/// What became of all bytes of a connection.
struct GateRun
{
    std::vector<Framed> requests = {}; ///< The last one may be the one after which the server closes.
    HttpStatus refusal = 0;            ///< Of what came after them; 0: it may go on.
};

/// Small, so that they are met.
const FramingLimits &fuzzLimits();

/// How many bytes come together; asked again for each piece.
using PieceSize = std::function<std::size_t()>;

/// The gate's reader, driven as a connection drives it. Stops where the server would.
GateRun runGate(std::string_view bytes, const PieceSize &pieceSize);

/// Byte by byte, so that the ends are known.
GateRun runGateBytewise(std::string_view bytes);

} // namespace warder::fuzz
