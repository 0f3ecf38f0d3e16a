#pragma once

#include "core/base/Clock.h"

#include <QObject>

#include <functional>

namespace warder {

class CertificateWatch;
class Core;
class HealthWatch;
class Lanes;

/// What a server does now and then, whether it listens or not, in lane light: checks health, stores alarms, tidies, makes backups, looks
/// for a renewed certificate. Lives on the main thread, which runs an event loop.
class PeriodicWork final : public QObject
{
    Q_OBJECT
public:
    /// From now on. `lanes` must outlive this; all else must outlive what runs in them.
    PeriodicWork(Core &core, Lanes &lanes, HealthWatch &health, const CertificateWatch &certificates,
                 const std::function<void()> &lookForRenewedCertificate);

private:
    void every(Milliseconds period, const std::function<void()> &job);

    Lanes &m_lanes;
};

} // namespace warder
