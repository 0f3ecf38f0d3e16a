#include "ui/limits/LimitChart.h"

#include "ui/support/TrafficPoints.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

RangeChart *LimitChart::make(const Clock &clock, QWidget *parent)
{
    //: Name of a line in a chart, and of a column: requests a limit let through.
    const QString allowed = tr("Allowed");
    //: Name of a line in a chart, and of a column: requests a limit turned away.
    const QString denied = tr("Denied");
    const RangeChart::Tab tab {
        .title = {},
        //: Name of a chart, for screen readers.
        .name = tr("Requests allowed and denied by the limits"),
        .lines = {{.name = allowed, .column = allowed, .plot = Plot::Ok}, {.name = denied, .column = denied, .plot = Plot::Limited}}};
    //: Title above a chart of what the limits let through and turned away, and the name of its table.
    return new RangeChart(tr("Allowed and denied"), u"limitHistory"_s, {tab}, clock, parent);
}

void LimitChart::present(RangeChart &chart, const QString &rule, const QList<LimitPoint> &history, TimePoint now)
{
    //: Above a chart: whose counts it shows.
    chart.setSubject(rule.isEmpty() ? tr("All rules together") : UiTexts::foreign(rule));
    chart.present(limitPoints(history, ChartRanges::stepOf(chart.range())), now);
}

} // namespace warder
