#include "core/ratelimit/Gcra.h"

#include <algorithm>

namespace warder {

using std::chrono::microseconds;

microseconds emissionInterval(const Rate &rate)
{
    Q_ASSERT(!rate.isOff());
    return microseconds(rate.period) / rate.amount;
}

microseconds fullSpan(const Rate &rate) { return emissionInterval(rate) * rate.burst; }

GcraDecision decide(MicroTime tat, const Rate &rate, MicroTime now, microseconds patience)
{
    const microseconds interval = emissionInterval(rate);
    const microseconds full = interval * rate.burst;
    const microseconds most = full + patience;
    const MicroTime before = std::clamp(tat, now, now + most);
    const microseconds used = before - now + interval;
    if (used > most)
        return {.allowed = false, .tat = before, .remaining = 0, .retryAfter = used - most, .resetAfter = before - now, .waitFirst = {}};
    const microseconds left = full - used;
    return {.allowed = true,
            .tat = before + interval,
            .remaining = std::max(left, microseconds {0}) / interval,
            .retryAfter = {},
            .resetAfter = used,
            .waitFirst = std::max(-left, microseconds {0})};
}

} // namespace warder
