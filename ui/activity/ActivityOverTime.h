#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Activity.h"
#include "ui/PageContext.h"
#include "ui/widgets/RangeChart.h"

#include <utility>

namespace warder {

/// How many records there are over time, for above their list. Reads all steps of another question, and later the newest ones alone, every
/// ten seconds and only if there were new records; nothing while the chart is out of view. GUI thread.
class ActivityOverTime final : public QObject
{
    Q_OBJECT
public:
    /// `page` becomes the owner and hears how the questions went (AnswerListener); `parent` is the chart's.
    ActivityOverTime(const PageContext &context, QObject *page, QWidget *parent);

    RangeChart &chart() const { return *m_chart; }

    /// Of the records that the filter shows, whatever its time, in this one.
    void show(const ActivityFilter &filter, ChartRange range);
    /// All of it is to be read once more.
    void refresh();
    /// There are new records.
    void noteNews() { m_hasNews = true; }
    void everySecond();
    /// For when the chart comes into view.
    void readIfWanted();

Q_SIGNALS:
    void spanPicked(warder::TimePoint from, warder::TimePoint until);
    void failed(const warder::Error &error);

private:
    RangeChart *makeChart(QWidget *parent) const;
    Seconds step() const { return ChartRanges::stepOf(m_chart->range()); }
    /// When the first step of the range begins, and the one that runs.
    std::pair<TimePoint, TimePoint> ends() const;
    void read(TimePoint from);
    void take(TimePoint from, const QList<qint64> &numbers);

    PageContext m_context;
    QObject *m_page;
    RangeChart *m_chart;
    ActivityFilter m_filter;
    Answer<QList<qint64>> m_asked;
    QList<RangeChart::Point> m_points;
    bool m_isWanted = false; ///< Nothing of this question was read yet.
    bool m_hasNews = false;
    int m_seconds = 0;      ///< Since the newest steps were read.
    quint64 m_question = 0; ///< Answers to older questions are dropped.
};

} // namespace warder
