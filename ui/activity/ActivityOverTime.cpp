#include "ui/activity/ActivityOverTime.h"

#include "ui/support/Ask.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int secondsBetweenReads = 10;

TimePoint beginOfStep(TimePoint time, Seconds step)
{
    const Seconds since = std::chrono::floor<Seconds>(time).time_since_epoch();
    return TimePoint {step * (since / step)};
}

} // namespace

ActivityOverTime::ActivityOverTime(const PageContext &context, QObject *page, QWidget *parent)
    : QObject(page), m_context(context), m_page(page), m_chart(makeChart(parent))
{
    //: Tool tip of a chart, and menu item of its table: lists the records of one step of time alone.
    m_chart->offerPicking(tr("Only this time"));
    connect(m_chart, &RangeChart::spanPicked, this, &ActivityOverTime::spanPicked);
}

RangeChart *ActivityOverTime::makeChart(QWidget *parent) const
{
    //: Name of a line in a chart, and of a column: how many records there are.
    const QString records = tr("Records");
    //: Title above a chart of how many records there are, and the name of its table.
    const QString title = tr("Records over time");
    const RangeChart::Tab tab {.title = {}, .name = title, .lines = {{.name = records, .column = records, .plot = Plot::Ok}}};
    auto *chart = new RangeChart(title, u"activityOverTime"_s, {tab}, m_context.clock, parent);
    chart->hideRanges();
    constexpr int lines = 11; // a chart that leaves the list its room
    chart->setMaximumHeight(chart->fontMetrics().height() * lines);
    return chart;
}

void ActivityOverTime::show(const ActivityFilter &filter, ChartRange range)
{
    ActivityFilter ofAnyTime = filter;
    ofAnyTime.from.reset();
    ofAnyTime.until.reset();
    if (ofAnyTime == m_filter && range == m_chart->range())
        return;
    m_asked.cancel();
    ++m_question;
    m_filter = ofAnyTime;
    m_chart->setRange(range);
    m_points.clear();
    m_chart->present({}, m_context.clock.now());
    refresh();
}

void ActivityOverTime::refresh()
{
    m_isWanted = true;
    readIfWanted();
}

void ActivityOverTime::readIfWanted()
{
    if (m_isWanted && m_chart->isVisible())
        read(ends().first);
}

void ActivityOverTime::everySecond()
{
    readIfWanted();
    if (++m_seconds < secondsBetweenReads || m_points.isEmpty() || !m_chart->isVisible())
        return;
    m_seconds = 0;
    if (std::exchange(m_hasNews, false) || m_points.last().from < ends().second)
        read(std::max(m_points.last().from, ends().first)); // its step ran when it was read
}

std::pair<TimePoint, TimePoint> ActivityOverTime::ends() const
{
    const TimePoint last = beginOfStep(m_context.clock.now(), step());
    return {last + step() - ChartRanges::spanOf(m_chart->range()), last};
}

void ActivityOverTime::read(TimePoint from)
{
    m_isWanted = false;
    m_asked.cancel();
    CountActivitySteps order {.filter = m_filter, .step = step()};
    order.filter.from = from;
    order.filter.until = ends().second + step();
    m_asked = m_context.console.ask(order);
    ++m_question;
    ask(
        m_asked, m_page,
        [this, from, question = m_question](const QList<qint64> &numbers) {
            if (question == m_question)
                take(from, numbers);
        },
        [this, question = m_question](const Error &error) {
            if (question == m_question)
                Q_EMIT failed(error);
        });
}

void ActivityOverTime::take(TimePoint from, const QList<qint64> &numbers)
{
    m_points.removeIf([from, first = ends().first](const RangeChart::Point &point) { return point.from >= from || point.from < first; });
    for (qsizetype i = 0; i < numbers.size(); ++i)
        m_points += RangeChart::Point {.from = from + step() * i, .values = {double(numbers[i])}};
    m_chart->present(m_points, m_context.clock.now());
}

} // namespace warder
