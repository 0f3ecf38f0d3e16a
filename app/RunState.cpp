#include "app/RunState.h"

namespace warder {

RunState::Snapshot RunState::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_current;
}

void RunState::set(ServerState state, const std::optional<Error> &problem)
{
    const std::lock_guard lock(m_mutex);
    if (m_current.state == ServerState::Starting && state == ServerState::Running)
        m_current.listeningSince = std::chrono::steady_clock::now();
    m_current.state = state;
    m_current.problem = problem;
}

void RunState::setCertificate(const std::optional<CertificateSpan> &certificate)
{
    const std::lock_guard lock(m_mutex);
    m_current.certificate = certificate;
}

} // namespace warder
