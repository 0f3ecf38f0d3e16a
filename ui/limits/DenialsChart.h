#pragma once

#include "core/base/Clock.h"
#include "core/console/orders/Limits.h"
#include "ui/widgets/RangeChart.h"

#include <QObject>

#include <array>

namespace warder {

/// The chart of what each rule denied: an area for each of those that denied most, one for all others together, and the same numbers as a
/// table. A rule keeps its colour and pattern as long as it is among them. GUI thread.
class DenialsChart final : public QObject
{
    Q_OBJECT
public:
    /// `parent` is the chart's.
    DenialsChart(const Clock &clock, QWidget *parent);

    RangeChart &chart() const { return *m_chart; }
    /// Of the time that the chart shows.
    void present(const DenialsView &view, TimePoint now);

private:
    static constexpr size_t places = size_t(ReadDenials::most) + 1; ///< The last one is for the others.

    /// Gives each rule the place that it had, or one that is free.
    void givePlaces(const QList<RuleDenialsView> &rules);
    /// Null: the place is free.
    const RuleDenialsView *ruleAt(const QList<RuleDenialsView> &rules, size_t at) const;

    RangeChart *m_chart;
    std::array<QString, size_t(ReadDenials::most)> m_rules; ///< By place; empty: it is free.
};

} // namespace warder
