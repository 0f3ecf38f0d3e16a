#pragma once

#include "core/api/Services.h"

#include <QByteArray>

namespace warder {

/// Counts in Prometheus' text form: requests by outcome, sign-ins, latency, limited clients. Any thread.
QByteArray metricsText(const Services &services, TimePoint now);

} // namespace warder
