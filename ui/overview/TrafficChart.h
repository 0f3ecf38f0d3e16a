#pragma once

#include "ui/widgets/RangeChart.h"

#include <QCoreApplication>

namespace warder {

/// Overview's chart: requests by outcome, sign-ins, and how long requests took. Its points are trafficPoints(). GUI thread.
class TrafficChart final
{
    Q_DECLARE_TR_FUNCTIONS(warder::TrafficChart)
public:
    static RangeChart *make(const Clock &clock, QWidget *parent);

private:
    static RangeChart::Tab requests();
    static RangeChart::Tab signIns();
    static RangeChart::Tab latency();
};

} // namespace warder
