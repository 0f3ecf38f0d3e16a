#pragma once

#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"
#include "ui/widgets/RangeChart.h"

namespace warder {

/// Requests by outcome (ok, refused, limited, failed), sign-ins (ok, failed), and p50 and p99 in milliseconds, which are none where nobody
/// asked.
QList<RangeChart::Point> trafficPoints(const QList<TrafficView> &steps);

/// What the limits allowed and denied, from counts of steps that are as long or shorter, oldest first.
QList<RangeChart::Point> limitPoints(const QList<LimitPoint> &counts, Seconds step);

} // namespace warder
