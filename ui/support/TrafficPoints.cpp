#include "ui/support/TrafficPoints.h"

namespace warder {

namespace {

/// Sums the counts of `width` seconds into a point at each `step`, the last one ending with the newest second.
template <typename Second>
QList<TimeChart::Point> gather(const QList<Second> &seconds, qsizetype step, qsizetype width, double share,
                               const QList<qint64 Second::*> &counts)
{
    QList<TimeChart::Point> points;
    for (qsizetype end = seconds.size() % step; end <= seconds.size(); end += step) {
        if (end == 0)
            continue;
        TimeChart::Point point {.minutesAgo = double(seconds.size() - end) / 60.0, .values = QList<double>(counts.size(), 0.0)};
        for (qsizetype i = qMax<qsizetype>(0, end - width); i < end; ++i) {
            for (qsizetype line = 0; line < counts.size(); ++line)
                point.values[line] += double(seconds[i].*counts[line]) * share;
        }
        points += point;
    }
    return points;
}

} // namespace

QList<TimeChart::Point> requestPoints(const QList<TrafficView> &seconds)
{
    return gather(seconds, 5, 5, 1 / 5.0, {&TrafficView::ok, &TrafficView::refused, &TrafficView::limited, &TrafficView::failed});
}

QList<TimeChart::Point> signInPoints(const QList<TrafficView> &seconds)
{
    return gather(seconds, 10, 60, 1, {&TrafficView::signIns, &TrafficView::failedSignIns});
}

QList<TimeChart::Point> limitPoints(const QList<LimitPoint> &seconds)
{
    return gather(seconds, 5, 5, 1 / 5.0, {&LimitPoint::allowed, &LimitPoint::denied});
}

} // namespace warder
