#include "core/telemetry/TrafficCounts.h"

namespace warder {

TrafficCounts &TrafficCounts::operator+=(const TrafficCounts &other)
{
    succeeded += other.succeeded;
    redirected += other.redirected;
    refused += other.refused;
    limited += other.limited;
    failed += other.failed;
    signIns += other.signIns;
    failedSignIns += other.failedSignIns;
    refreshes += other.refreshes;
    for (size_t i = 0; i < durations.size(); ++i)
        durations[i] += other.durations[i];
    return *this;
}

TimePoint traffic_steps::startOf(TimePoint time, Seconds length)
{
    const qint64 seconds = std::chrono::floor<Seconds>(time).time_since_epoch().count();
    const qint64 into = (seconds % length.count() + length.count()) % length.count(); // also before 1970
    return TimePoint {Seconds {seconds - into}};
}

QList<TrafficStep> traffic_steps::gathered(const QList<TrafficStep> &shorter, Seconds length, qsizetype count, TimePoint now)
{
    const TimePoint first = startOf(now, length) - length * (count - 1);
    QList<TrafficStep> steps;
    steps.reserve(count);
    for (qsizetype i = 0; i < count; ++i)
        steps += TrafficStep {.from = first + length * i};
    for (const TrafficStep &each : shorter) {
        const qsizetype at = qsizetype((startOf(each.from, length) - first) / length);
        if (each.from < first || at >= count)
            continue;
        steps[at].counts += each.counts;
        if (each.levels)
            steps[at].levels = each.levels;
    }
    return steps;
}

} // namespace warder
