#pragma once

#include "core/console/orders/Limits.h"
#include "ui/widgets/RangeChart.h"

#include <QCoreApplication>

namespace warder {

/// The chart of what a rule, or all of them, allowed and denied. GUI thread.
class LimitChart final
{
    Q_DECLARE_TR_FUNCTIONS(warder::LimitChart)
public:
    static RangeChart *make(const Clock &clock, QWidget *parent);
    /// `rule`: in words; empty: all.
    static void present(RangeChart &chart, const QString &rule, const QList<LimitPoint> &history, TimePoint now);
};

} // namespace warder
