#pragma once

#include <ctime>

namespace warder::test {

/// What this process has used so far, all threads together: how busy the machine is does not matter.
inline double cpuMilliseconds()
{
    timespec now {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

} // namespace warder::test
