#pragma once

#include "core/net/gate/ListenerLimits.h"

namespace warder {

/// The clock of deadlines: it never jumps.
using GateTime = std::chrono::steady_clock::time_point;

/// Where a connection stands, and until when it may stand there: First → Head → Body → Busy → Idle → Head …, each with one deadline;
/// Flush waits for a slow reader before the next request, Linger lets the last response arrive, Dead is the end. The rules without a
/// socket; time is an argument. One thread.
class ConnectionPhase final
{
public:
    enum class Phase {
        First, ///< Connected; not a byte yet.
        Head,
        Body,
        Busy,  ///< The handler has a request.
        Flush, ///< Answered, but the client takes the response too slowly for another request to be read.
        Idle,  ///< Between two requests.
        Linger,
        Dead,
    };

    /// What becomes of a connection whose deadline has passed.
    enum class Ending {
        None,
        RefuseRequest, ///< The client sent too slowly: 408.
        RefuseHandler, ///< The handler took too long: 503, or abort, if its response has begun.
        Finish,        ///< Nothing is under way: close.
        Abort,
    };

    void enter(Phase phase, Milliseconds patience, GateTime now);

    bool is(Phase phase) const { return m_phase == phase; }

    /// Whether bytes of a request are wanted.
    bool mayRead() const { return is(Phase::First) || is(Phase::Idle) || is(Phase::Head) || is(Phase::Body); }

    /// A connection with nothing under way closes at `until`, or earlier.
    void shortenRest(GateTime until);

    /// Whether the deadline has passed. A body that comes at ListenerLimits::bodyBytesPerSecond or faster (`received` bytes of it by now)
    /// gets another ListenerLimits::tick instead.
    bool isOverdue(GateTime now, qint64 received, const ListenerLimits &limits);

    /// Whether it is still the phase that isOverdue() found late.
    bool isStillOverdue(Phase late, GateTime now) const { return is(late) && now >= m_deadline; }

    Phase phase() const { return m_phase; }
    Ending ending() const;

private:
    bool keepsRate(GateTime now, qint64 received, const ListenerLimits &limits) const;

    Phase m_phase = Phase::First;
    GateTime m_since; ///< When the phase began.
    GateTime m_deadline;
};

} // namespace warder
