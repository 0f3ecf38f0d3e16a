#include "ui/support/ChartRange.h"

#include "core/console/orders/Server.h"
#include "ui/support/Times.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool hasDays(ChartRange range) { return range == ChartRange::Week || range == ChartRange::Month; }

QString timeOfDay(TimePoint time, ChartRange range)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMilliseconds(time));
    return QLocale().toString(local.time(), range == ChartRange::TenMinutes ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

} // namespace

Seconds ChartRanges::spanOf(ChartRange range)
{
    switch (range) {
    case ChartRange::TenMinutes: return std::chrono::minutes {10};
    case ChartRange::Hour:       return std::chrono::hours {1};
    case ChartRange::Day:        return std::chrono::days {1};
    case ChartRange::Week:       return std::chrono::days {7};
    case ChartRange::Month:      return std::chrono::days {30};
    }
    Q_UNREACHABLE_RETURN({});
}

Seconds ChartRanges::stepOf(ChartRange range) { return ReadTraffic::stepOf(spanOf(range)); }

QString ChartRanges::name(ChartRange range)
{
    switch (range) {
    //: Choice above a chart: how much time it shows.
    case ChartRange::TenMinutes: return tr("10 min");
    //: Choice above a chart: how much time it shows.
    case ChartRange::Hour: return tr("1 h");
    //: Choice above a chart: how much time it shows.
    case ChartRange::Day: return tr("24 h");
    //: Choice above a chart: how much time it shows, in days.
    case ChartRange::Week: return tr("7 d");
    //: Choice above a chart: how much time it shows, in days.
    case ChartRange::Month: return tr("30 d");
    }
    Q_UNREACHABLE_RETURN({});
}

QStringList ChartRanges::names()
{
    QStringList names;
    for (const ChartRange range : all)
        names += name(range);
    return names;
}

QString ChartRanges::perStep(ChartRange range)
{
    //: Above a chart: what its numbers are, so many in a span such as "10 min".
    return tr("per %1").arg(Times::exactly(stepOf(range)));
}

QString ChartRanges::moment(TimePoint from, ChartRange range, TimePoint now)
{
    const TimePoint until = from + stepOf(range);
    const QString begin = hasDays(range) ? Times::brief(from) : timeOfDay(from, range);
    if (until > now)
        //: A span of time that is not over; %1 is when it began: "14:20".
        return tr("%1 until now").arg(begin);
    //: A span of time: "14:20 to 14:30".
    return tr("%1 to %2").arg(begin, timeOfDay(until, range));
}

} // namespace warder
