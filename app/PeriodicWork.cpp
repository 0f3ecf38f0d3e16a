#include "app/PeriodicWork.h"

#include "app/CertificateWatch.h"
#include "app/HealthWatch.h"
#include "app/Housekeeping.h"
#include "core/api/Lanes.h"
#include "core/assembly/Core.h"

#include <QTimer>

namespace warder {
namespace {

constexpr Milliseconds tidyingEvery = Seconds {60};
constexpr Milliseconds certificateCheckEvery = Seconds {5};
constexpr Milliseconds lookEvery = Seconds {2};

/// Notes what health says, and writes what was noted.
void keepAlarms(Core &core)
{
    core.alarms.watch(core.health.problems(), core.clock.now());
    core.alarms.store();
}

} // namespace

PeriodicWork::PeriodicWork(Core &core, Lanes &lanes, HealthWatch &health, const CertificateWatch &certificates,
                           const std::function<void()> &lookForRenewedCertificate)
    : m_lanes(lanes)
{
    every(tidyingEvery, [&core, &health] {
        health.checkTime(); // nothing goes by a clock that has just jumped
        Housekeeping::tidy(core, core.clock.now());
    });
    every(tidyingEvery, [&core] { Housekeeping::backUp(core, core.clock.now()); });
    every(certificateCheckEvery, lookForRenewedCertificate); // it waits for the HTTP threads, and the window waits for nothing
    every(lookEvery, [&core, &lanes, &health, &certificates] {
        keepAlarms(core); // first: what stood for a moment is cleared by the check
        health.check();
        health.checkHashing(lanes.hashingLoad());
        certificates.tellHealth();
    });
}

void PeriodicWork::every(Milliseconds period, const std::function<void()> &job)
{
    auto *timer = new QTimer(this);
    timer->callOnTimeout(this, [this, job] { (void)m_lanes.run(Lane::Light, job); });
    timer->start(period);
}

} // namespace warder
