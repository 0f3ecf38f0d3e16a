#pragma once

#include <cstdio>
#include <cstdlib>

namespace warder::fuzz {

/// Ends the program, which is how a fuzz target says that an input breaks a promise.
inline void check(bool kept, const char *promise)
{
    if (kept)
        return;
    std::fprintf(stderr, "BROKEN: %s\n", promise);
    std::abort();
}

} // namespace warder::fuzz
