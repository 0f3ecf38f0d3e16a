#include "core/sessions/Revocations.h"

#include <mutex>

namespace warder {

bool Revocations::contains(Id session) const
{
    if (!m_any.load(std::memory_order_acquire))
        return false;
    const std::shared_lock lock(m_mutex);
    return m_until.contains(session);
}

void Revocations::add(Id session, TimePoint until)
{
    const std::unique_lock lock(m_mutex);
    TimePoint &kept = m_until[session];
    kept = std::max(kept, until);
    m_any.store(true, std::memory_order_release);
}

void Revocations::remove(Id session)
{
    const std::unique_lock lock(m_mutex);
    m_until.remove(session);
    m_any.store(!m_until.isEmpty(), std::memory_order_release);
}

void Revocations::prune(TimePoint now)
{
    const std::unique_lock lock(m_mutex);
    m_until.removeIf([now](const auto &entry) { return entry.value() <= now; });
    m_any.store(!m_until.isEmpty(), std::memory_order_release);
}

qsizetype Revocations::size() const
{
    const std::shared_lock lock(m_mutex);
    return m_until.size();
}

} // namespace warder
