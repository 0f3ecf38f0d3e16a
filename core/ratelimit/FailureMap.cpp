#include "core/ratelimit/FailureMap.h"

#include <algorithm>

namespace warder {
namespace {

constexpr qint64 severalFailures = 3; ///< More than one mistyped: not forgotten for somebody who mistyped once.

bool isForgotten(const Failures &each, const Backoff &rule, TimePoint now) { return each.last + rule.memory <= now; }

Keep dearnessOf(const Failures &each, const Backoff &rule, TimePoint now)
{
    const qint64 count = isForgotten(each, rule, now) ? 0 : each.count;
    const qint64 inARow = each.lastInARow + rule.memoryInARow <= now ? 0 : each.inARow;
    if (inARow >= rule.dear)
        return Keep::Dear;
    if (each.until > now || each.inFlight > 0 || std::max(count, inARow) >= severalFailures)
        return Keep::Held;
    return count > 0 || inARow > 0 || each.newcomers > now ? Keep::Free : Keep::Idle;
}

} // namespace

Seconds waitAfter(qint64 failures, int free, Seconds longest)
{
    const qint64 paid = failures - free;
    return paid <= 0 ? Seconds {0} : std::min(longest, Seconds {qint64 {1} << std::min<qint64>(paid - 1, 30)});
}

Failures &FailureMap::touch(const QString &key, const Backoff &rule, TimePoint now)
{
    Failures &failures = m_map.touch(key, [&](const Failures &each) { return dearnessOf(each, rule, now); });
    if (isForgotten(failures, rule, now)) {
        failures.count = 0;
        failures.last = now;
        failures.since = failures.until = {};
        failures.denials = 0;
    }
    return failures;
}

Milliseconds FailureMap::waitOf(const QString &key, const Backoff &rule, bool strict, TimePoint now)
{
    Failures *failures = rule.isOn ? m_map.find(key) : nullptr;
    if (!failures)
        return Milliseconds {0};
    failures->until = std::min<TimePoint>(failures->until, now + rule.longest);
    const Milliseconds wait = failures->until - now;
    const qint64 counted = failures->count + (strict ? failures->inFlight : 0);
    const bool mustQueue = failures->inFlight > 0 && counted > rule.free;
    return std::max({wait, mustQueue ? besideAnother : Milliseconds {0}, Milliseconds {0}});
}

void FailureMap::fail(const QString &key, const Backoff &rule, TimePoint now)
{
    Failures &failures = touch(key, rule, now);
    failures.last = now;
    failures.count = std::min<qint64>(failures.count + 1, 1'000'000);
    const Seconds wait = waitAfter(failures.count, rule.free, rule.longest);
    if (wait > Seconds {0}) {
        if (failures.until == TimePoint {})
            failures.since = now;
        failures.until = now + wait;
    }
    settle(key, rule, now);
}

qint64 FailureMap::failInARow(const QString &key, const Backoff &rule, TimePoint now)
{
    Failures &failures = touch(key, rule, now);
    if (failures.lastInARow + rule.memoryInARow <= now)
        failures.inARow = 0;
    failures.lastInARow = now;
    failures.inARow = std::min<qint64>(failures.inARow + 1, 2'000'000);
    const qint64 inARow = failures.inARow;
    settle(key, rule, now);
    return inARow;
}

void FailureMap::end(const QString &key)
{
    if (Failures *failures = m_map.find(key))
        failures->inFlight = std::max(failures->inFlight - 1, 0);
}

void FailureMap::settle(const QString &key, const Backoff &rule, TimePoint now)
{
    m_map.settle(key, [&](const Failures &each) { return dearnessOf(each, rule, now); });
}

} // namespace warder
