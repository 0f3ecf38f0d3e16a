#include "core/ratelimit/LimiterKeeping.h"

#include "core/ratelimit/LimiterMemoryStore.h"
#include "core/ratelimit/RateLimiter.h"

#include <algorithm>
#include <functional>

namespace warder {
namespace {

constexpr qsizetype mostUnwritten = 100'000;
constexpr qsizetype mostWaits = 10'000;

} // namespace

void LimiterKeeping::collect(TimePoint now)
{
    m_unwritten += m_limiter.statistics().changedCounts(now);
    if (m_unwritten.size() > mostUnwritten) // the disk is full for days
        m_unwritten.remove(0, m_unwritten.size() - mostUnwritten);
    m_waits = m_limiter.waitsToKeep(now);
    std::ranges::sort(m_waits, std::greater {}, &KeptWait::until);
    m_waits.resize(std::min(m_waits.size(), mostWaits));
}

Result<void> LimiterKeeping::write(DbConnection &connection, TimePoint now) const
{
    return LimiterMemoryStore::putCounts(connection, m_unwritten)
        .and_then([&] { return LimiterMemoryStore::removeOldCounts(connection, now); })
        .and_then([&] {
            return m_keptWaits && *m_keptWaits == m_waits ? Result<void>() : LimiterMemoryStore::replaceWaits(connection, m_waits);
        });
}

void LimiterKeeping::noteWritten()
{
    m_unwritten.clear();
    m_keptWaits = m_waits;
}

} // namespace warder
