#pragma once

#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ConnectionPhase.h"
#include "core/net/gate/ListenerLimits.h"

#include <optional>

namespace warder {

/// The bytes of one connection's responses that its client has not taken yet: the deadline for taking them, and their share of the
/// limit for all connections together (ListenerLimits::totalUnsentBytes). HTTP thread only.
class UnsentBytes final
{
public:
    explicit UnsentBytes(ConnectionCounts &counts) : m_counts(counts) {}
    ~UnsentBytes() { count(0); }
    UnsentBytes(const UnsentBytes &) = delete;
    UnsentBytes &operator=(const UnsentBytes &) = delete;

    bool isEmpty() const { return !m_deadline; }

    /// Updates the number of unsent bytes. Moves the write deadline by acknowledged bytes ÷ `writeBytesPerSecond`, at most to now +
    /// `limits.write`.
    void update(qint64 unsent, GateTime now, const ListenerLimits &limits);

    /// Counts a response of `size` bytes beside the `unsent` ones, before it is written. False for a long one when the limit for all
    /// connections is reached.
    bool reserve(qint64 unsent, qint64 size);

    /// Whether the write deadline has passed.
    bool isTooSlow(GateTime now) const { return m_deadline && now > *m_deadline; }

private:
    void count(qint64 bytes);

    ConnectionCounts &m_counts;
    qint64 m_counted = 0;
    qint64 m_unsent = 0;
    std::optional<GateTime> m_deadline; ///< While something is unsent.
};

} // namespace warder
