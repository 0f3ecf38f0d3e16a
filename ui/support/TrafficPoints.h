#pragma once

#include "core/console/orders/Limits.h"
#include "core/console/orders/Server.h"
#include "ui/widgets/TimeChart.h"

namespace warder {

/// Requests per second by outcome (ok, refused, limited, failed), a point for every five seconds, newest last.
QList<TimeChart::Point> requestPoints(const QList<TrafficView> &seconds);

/// Sign-ins and failed sign-ins per minute, a point for every ten seconds: the minute that ends there.
QList<TimeChart::Point> signInPoints(const QList<TrafficView> &seconds);

/// What the limits allowed and denied, newest last: of ten minutes per second, from counts of a second, a point for every five; of a day
/// per minute, from counts of a minute, a point for every ten; of 30 days per hour, from counts of an hour, a point for every four.
QList<TimeChart::Point> limitPoints(const QList<LimitPoint> &counts, TimeChart::Window window);

} // namespace warder
