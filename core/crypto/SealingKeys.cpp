#include "core/crypto/SealingKeys.h"

namespace warder {

VersionedKey SealingKeys::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_current;
}

std::optional<SecretBytes> SealingKeys::find(quint32 version) const
{
    const std::lock_guard lock(m_mutex);
    if (version == m_current.version)
        return m_current.key;
    return m_next && version == m_next->version ? std::optional(m_next->key) : std::nullopt;
}

void SealingKeys::expect(const VersionedKey &next)
{
    const std::lock_guard lock(m_mutex);
    m_next = next;
}

void SealingKeys::advance()
{
    const std::lock_guard lock(m_mutex);
    if (m_next)
        m_current = *std::exchange(m_next, std::nullopt);
}

void SealingKeys::forget()
{
    const std::lock_guard lock(m_mutex);
    m_next.reset();
}

} // namespace warder
