#include "ui/support/TrafficPoints.h"

namespace warder {

namespace {

/// Sums the counts of `width` seconds into a point at each `step`, the last one ending with the newest second. `unit`: the minutes that
/// what is called a second lasts.
template <typename Second>
QList<TimeChart::Point> gather(const QList<Second> &seconds, qsizetype step, qsizetype width, double share,
                               const QList<qint64 Second::*> &counts, double unit = 1 / 60.0)
{
    QList<TimeChart::Point> points;
    for (qsizetype end = seconds.size() % step; end <= seconds.size(); end += step) {
        if (end == 0)
            continue;
        TimeChart::Point point {.minutesAgo = double(seconds.size() - end) * unit, .values = QList<double>(counts.size(), 0.0)};
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

QList<TimeChart::Point> limitPoints(const QList<LimitPoint> &counts, TimeChart::Window window)
{
    const QList<qint64 LimitPoint::*> both {&LimitPoint::allowed, &LimitPoint::denied};
    switch (window) {
    case TimeChart::Window::TenMinutes: return gather(counts, 5, 5, 1 / 5.0, both);
    case TimeChart::Window::Day:        return gather(counts, 10, 10, 1 / 10.0, both, 1);
    case TimeChart::Window::Month:      return gather(counts, 4, 4, 1 / 4.0, both, 60);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder
