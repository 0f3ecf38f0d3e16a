#pragma once

#include "tests/fuzz/GateRun.h"

namespace warder::fuzz {

/// What llhttp (the parser of Node.js, with all its strictness) makes of the bytes of a connection.
struct OtherRun
{
    std::vector<Framed> requests = {}; ///< Complete ones.
    std::string fault = {};            ///< Why it stopped, if it did.
};

OtherRun runOther(std::string_view bytes);

} // namespace warder::fuzz
