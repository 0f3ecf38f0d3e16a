#pragma once

#include "core/net/gate/ConnectionCounts.h"
#include "core/net/gate/ThreadConnections.h"

#include <optional>

namespace warder {

/// The part of a connection's answers that its client has not taken yet: until when it may stay, and what of it counts into what
/// all connections together may owe. HTTP thread only.
class UnsentBytes final
{
public:
    explicit UnsentBytes(ConnectionCounts &counts) : m_counts(counts) {}
    ~UnsentBytes() { count(0); }
    UnsentBytes(const UnsentBytes &) = delete;
    UnsentBytes &operator=(const UnsentBytes &) = delete;

    bool isEmpty() const { return !m_deadline; }

    /// Looks anew: so much is unsent now. Each byte that the client took puts the deadline off a little, at the rate that
    /// `limits` ask for, but never beyond their patience from now on: who stops taking is out of time soon.
    void update(qint64 unsent, GateTime now, const ListenerLimits &limits);

    /// Counts an answer of `size` behind what is unsent; false for a long one when all connections together owe too much already.
    bool take(qint64 unsent, qint64 size);

    /// Whether the client took too little for too long.
    bool isTooSlow(GateTime now) const { return m_deadline && now > *m_deadline; }

private:
    void count(qint64 bytes);

    ConnectionCounts &m_counts;
    qint64 m_counted = 0;
    qint64 m_unsent = 0;
    std::optional<GateTime> m_deadline; ///< While something is unsent.
};

} // namespace warder
