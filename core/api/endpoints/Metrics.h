#pragma once

#include "core/api/Services.h"

#include <QByteArray>

namespace warder {

/// Counts in Prometheus' text form (docs/operating.md has the names). Any thread; asks the system about the process.
QByteArray metricsText(const Services &services, TimePoint now);

} // namespace warder
