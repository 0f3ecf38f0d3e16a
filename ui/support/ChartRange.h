#pragma once

#include "core/base/Clock.h"

#include <QCoreApplication>

#include <array>

namespace warder {

/// How much time a chart shows.
enum class ChartRange { TenMinutes, Hour, Day, Week, Month };

/// What there is to say of a range, in words and numbers. GUI thread.
class ChartRanges final
{
    Q_DECLARE_TR_FUNCTIONS(warder::ChartRanges)
public:
    static constexpr std::array all {ChartRange::TenMinutes, ChartRange::Hour, ChartRange::Day, ChartRange::Week, ChartRange::Month};

    static Seconds spanOf(ChartRange range);
    /// How long the steps are that the console tells of it.
    static Seconds stepOf(ChartRange range);
    /// "24 h"
    static QString name(ChartRange range);
    static QStringList names();
    /// What the numbers of a step are: "per 10 min".
    static QString perStep(ChartRange range);
    /// A step, in the local time zone: "14:20 to 14:30"; with the day where the range has several. One that ends after `now` runs yet.
    static QString moment(TimePoint from, ChartRange range, TimePoint now);
};

} // namespace warder
