#include "core/net/gate/ConnectionPhase.h"

namespace warder {

void ConnectionPhase::enter(Phase phase, Milliseconds patience, GateTime now)
{
    m_phase = phase;
    m_since = now;
    m_deadline = now + patience;
}

void ConnectionPhase::shortenRest(GateTime until)
{
    if (is(Phase::First) || is(Phase::Idle))
        m_deadline = std::min(m_deadline, until);
}

bool ConnectionPhase::isOverdue(GateTime now, qint64 received, const ListenerLimits &limits)
{
    if (is(Phase::Dead) || now < m_deadline)
        return false;
    if (!is(Phase::Body) || !keepsRate(now, received, limits))
        return true;
    m_deadline = now + limits.tick;
    return false;
}

bool ConnectionPhase::keepsRate(GateTime now, qint64 received, const ListenerLimits &limits) const
{
    const auto waited = std::chrono::duration_cast<Milliseconds>(now - m_since).count();
    return received * 1000 > waited * limits.bodyBytesPerSecond;
}

ConnectionPhase::Ending ConnectionPhase::ending() const
{
    switch (m_phase) {
    case Phase::Head:
    case Phase::Body:   return Ending::RefuseRequest;
    case Phase::Busy:   return Ending::RefuseHandler;
    case Phase::First:
    case Phase::Idle:   return Ending::Finish;
    case Phase::Flush:
    case Phase::Linger: return Ending::Abort;
    case Phase::Dead:   return Ending::None;
    }
    Q_UNREACHABLE_RETURN(Ending::None);
}

} // namespace warder
