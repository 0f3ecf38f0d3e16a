#pragma once

#include "core/http/gate/Census.h"
#include "core/http/gate/GateHouse.h"

#include <optional>

namespace warder {

/// The part of a connection's answers that its client has not taken yet: how fast it goes, and what of it counts into what all
/// connections together may owe. HTTP thread only.
class Backlog final
{
public:
    explicit Backlog(Census &census) : m_census(census) {}
    ~Backlog() { count(0); }
    Backlog(const Backlog &) = delete;
    Backlog &operator=(const Backlog &) = delete;

    bool isEmpty() const { return !m_since; }

    /// Looks anew: so much is unsent now.
    void update(qint64 unsent, GateTime now);

    /// Counts an answer of `size` behind what is unsent; false for a long one when all connections together owe too much already.
    bool take(qint64 unsent, qint64 size);

    /// Whether the client is slower than `limits` allow. Deadlines are absolute: only bytes that it took put them off.
    bool isTooSlow(GateTime now, const ListenerLimits &limits) const;

private:
    void count(qint64 bytes);

    Census &m_census;
    qint64 m_counted = 0;
    qint64 m_unsent = 0;
    qint64 m_taken = 0;                    ///< By the client, since `m_since`.
    std::optional<GateTime> m_since;       ///< Ever since then something was unsent.
};

} // namespace warder
