#pragma once

#include "core/crypto/SecretBytes.h"

#include <QList>

#include <mutex>
#include <optional>
#include <shared_mutex>

namespace warder {

/// A master key and which one of its database it is: 1, and one more with each rotation.
struct VersionedKey
{
    SecretBytes key;
    quint32 version = 1;
};

/// The master key that everything is sealed under, and during a rotation the next one, which only opens. Any thread.
class SealingKeys final
{
public:
    explicit SealingKeys(VersionedKey current) : m_current(std::move(current)) {}

    /// Whoever seals holds this from before it seals until the write is answered, so that a rotation misses nothing. Not on the writer.
    std::shared_lock<std::shared_mutex> hold() const { return std::shared_lock(m_rotating); }
    /// Whoever rotates holds this from its first step to its last. Not on the writer.
    std::unique_lock<std::shared_mutex> holdAll() const { return std::unique_lock(m_rotating); }

    VersionedKey current() const;
    /// Nothing for a version that does not open any more, or is not known.
    std::optional<SecretBytes> find(quint32 version) const;

    /// `next` opens as well from now on, until advance() or forget().
    void expect(const VersionedKey &next);
    /// What is expected seals from now on, and nothing else opens; without one nothing changes.
    void advance();
    /// What was expected does not come.
    void forget();

private:
    mutable std::shared_mutex m_rotating;
    mutable std::mutex m_mutex; ///< Guards what follows; held for moments only, also by the writer.
    VersionedKey m_current;
    std::optional<VersionedKey> m_next;
};

} // namespace warder
