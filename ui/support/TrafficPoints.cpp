#include "ui/support/TrafficPoints.h"

namespace warder {

namespace {

/// Sums `width` seconds into a point at each `step`, the last one ending with the newest second.
template <typename Second, typename ValuesOf>
QList<TimeChart::Point> gather(const QList<Second> &seconds, qsizetype step, qsizetype width, double share, ValuesOf valuesOf)
{
    QList<TimeChart::Point> points;
    for (qsizetype end = seconds.size() % step; end <= seconds.size(); end += step) {
        if (end == 0)
            continue;
        TimeChart::Point point {.minutesAgo = double(seconds.size() - end) / 60.0, .values = {}};
        for (qsizetype i = qMax<qsizetype>(0, end - width); i < end; ++i) {
            const QList<double> values = valuesOf(seconds[i]);
            point.values.resize(values.size());
            for (qsizetype line = 0; line < values.size(); ++line)
                point.values[line] += values[line] * share;
        }
        points += point;
    }
    return points;
}

} // namespace

QList<TimeChart::Point> requestPoints(const QList<TrafficView> &seconds)
{
    return gather(seconds, 5, 5, 1 / 5.0, [](const TrafficView &second) {
        return QList<double> {double(second.ok), double(second.refused), double(second.limited), double(second.failed)};
    });
}

QList<TimeChart::Point> signInPoints(const QList<TrafficView> &seconds)
{
    return gather(seconds, 10, 60, 1,
                  [](const TrafficView &second) { return QList<double> {double(second.signIns), double(second.failedSignIns)}; });
}

QList<TimeChart::Point> limitPoints(const QList<LimitPoint> &seconds)
{
    return gather(seconds, 5, 5, 1 / 5.0,
                  [](const LimitPoint &second) { return QList<double> {double(second.allowed), double(second.denied)}; });
}

} // namespace warder
