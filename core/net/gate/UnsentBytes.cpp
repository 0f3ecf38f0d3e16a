#include "core/net/gate/UnsentBytes.h"

#include "core/net/gate/ConnectionPhase.h"

namespace warder {
namespace {

/// What every connection may owe; only more than this counts. An answer about tokens is never refused because others are slow.
constexpr qint64 uncounted = 16 * 1024;

} // namespace

void UnsentBytes::update(qint64 unsent, GateTime now, const ListenerLimits &limits)
{
    const qint64 acknowledged = std::max<qint64>(m_unsent - unsent, 0);
    const Milliseconds earned(acknowledged * 1000 / std::max(limits.writeBytesPerSecond, 1));
    if (unsent == 0)
        m_deadline.reset();
    else
        m_deadline = std::min(m_deadline.value_or(now + limits.write) + earned, now + limits.write);
    m_unsent = unsent;
    count(unsent);
}

bool UnsentBytes::reserve(qint64 unsent, qint64 size)
{
    if (unsent + size > uncounted && !m_counts.hasRoomForUnsent())
        return false;
    count(unsent + size);
    return true;
}

void UnsentBytes::count(qint64 bytes)
{
    const qint64 counts = bytes > uncounted ? bytes : 0;
    if (counts != m_counted)
        m_counts.countUnsent(counts - m_counted);
    m_counted = counts;
}

} // namespace warder
