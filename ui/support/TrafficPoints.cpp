#include "ui/support/TrafficPoints.h"

namespace warder {

QList<RangeChart::Point> trafficPoints(const QList<TrafficView> &steps)
{
    QList<RangeChart::Point> points;
    for (const TrafficView &each : steps) {
        const bool isIdle = each.ok + each.refused + each.limited + each.failed == 0;
        points += RangeChart::Point {.from = each.from,
                                     .values = {double(each.ok), double(each.refused), double(each.limited), double(each.failed),
                                                double(each.signIns), double(each.failedSignIns), isIdle ? -1 : each.p50,
                                                isIdle ? -1 : each.p99}};
    }
    return points;
}

QList<RangeChart::Point> limitPoints(const QList<LimitPoint> &counts, Seconds step)
{
    QList<RangeChart::Point> points;
    for (const LimitPoint &each : counts) {
        const Milliseconds into = each.from.time_since_epoch() % step; // steps begin at whole multiples of their length
        const TimePoint from = each.from - into;
        if (points.isEmpty() || points.last().from != from)
            points += RangeChart::Point {.from = from, .values = {0, 0}};
        points.last().values[0] += double(each.allowed);
        points.last().values[1] += double(each.denied);
    }
    return points;
}

} // namespace warder
