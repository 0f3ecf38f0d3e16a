#pragma once

#include <ctime>
#include <sched.h>

namespace warder::test {

/// What this process has used so far, all threads together: how busy the machine is does not matter. What a thread on another
/// processor uses is added when that thread stops (Linux, thread_group_cputime), so whoever compares small pieces of work calls
/// useOneProcessor first.
inline double cpuMilliseconds()
{
    timespec now {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// What this thread has used so far.
inline double threadMilliseconds()
{
    timespec now {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Keeps this thread, and all that it starts from now on, to one processor: whoever reads cpuMilliseconds runs alone then.
inline void useOneProcessor()
{
    cpu_set_t allowed {};
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    cpu_set_t one {};
    for (int each = 0; each < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++each) {
        if (CPU_ISSET(each, &allowed))
            CPU_SET(each, &one);
    }
    ::sched_setaffinity(0, sizeof one, &one);
}

} // namespace warder::test
