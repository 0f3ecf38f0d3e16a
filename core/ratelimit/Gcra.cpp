#include "core/ratelimit/Gcra.h"

#include <algorithm>

namespace warder {

using std::chrono::microseconds;

microseconds emissionInterval(const Rate &rate)
{
    Q_ASSERT(!rate.isOff());
    return microseconds(rate.period) / rate.amount;
}

GcraDecision decide(MicroTime tat, const Rate &rate, MicroTime now)
{
    const microseconds interval = emissionInterval(rate);
    const microseconds full = interval * rate.burst;
    const MicroTime before = std::clamp(tat, now, now + full);
    const microseconds used = before - now + interval;
    if (used > full)
        return {.allowed = false, .tat = before, .remaining = 0, .retryAfter = used - full, .resetAfter = before - now};
    return {.allowed = true, .tat = before + interval, .remaining = (full - used) / interval, .retryAfter = {}, .resetAfter = used};
}

} // namespace warder
