#include "core/api/Lanes.h"

namespace warder {

Lanes::Lanes(const LaneSizes &sizes)
    : m_light(sizes.lightThreads, sizes.lightQueue), m_hashing(sizes.hashingThreads, sizes.hashingQueue),
      m_outbound(sizes.outboundThreads, sizes.outboundQueue)
{}

bool Lanes::run(Lane lane, Workers::Job &&job)
{
    switch (lane) {
    case Lane::Inline:   Workers::runSafely(std::move(job)); return true;
    case Lane::Light:    return m_light.tryRun(std::move(job));
    case Lane::Hashing:  return m_hashing.tryRun(std::move(job));
    case Lane::Outbound: return m_outbound.tryRun(std::move(job));
    }
    Q_UNREACHABLE_RETURN(false);
}

void Lanes::close(Workers::Deadline deadline)
{
    m_delays.close();
    m_outbound.close(deadline); // before the others: what is screened there goes on in another
    m_light.close(deadline);
    m_hashing.close(deadline);
}

} // namespace warder
