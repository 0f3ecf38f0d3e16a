#include "ui/limits/LimitChart.h"

#include "ui/support/TrafficPoints.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString unitOf(TimeChart::Window window)
{
    switch (window) {
    //: What a chart shows: counts of requests, so many a second.
    case TimeChart::Window::TenMinutes: return LimitChart::tr("per second");
    //: What a chart shows: counts of requests, so many a minute.
    case TimeChart::Window::Day: return LimitChart::tr("per minute");
    //: What a chart shows: counts of requests, so many an hour.
    case TimeChart::Window::Month: return LimitChart::tr("per hour");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

LimitChart::LimitChart(QWidget *parent)
    //: Title above a chart of what the limits let through and turned away.
    : Panel(tr("Allowed and denied"), parent)
{
    const QList<TimeChart::Line> lines {//: Name of a line in a chart: requests a limit let through.
                                        {tr("Allowed"), Plot::Ok},
                                        //: Name of a line in a chart: requests a limit turned away.
                                        {tr("Denied"), Plot::Limited}};
    //: Name of a chart, for screen readers.
    m_chart = new TimeChart(tr("Requests allowed and denied by the limits"), lines, TimeChart::Form::Stacked, this);
    m_chart->setMinimumHeight(100); // in a small window, below the rules
    m_window = new Chips(/*: Name of a choice, for screen readers: how much time a chart shows. */ tr("Time shown"),
                         {/*: Choice above a chart. */ tr("10 min"), /*: Choice above a chart. */ tr("24 h"),
                          /*: Choice above a chart. */ tr("30 d")},
                         this);
    addToTitle(m_chart->makeLegend(this));
    addToTitle(m_window);
    m_what = quietLabel({}, this);
    body()->setContentsMargins(16, 2, 16, 8);
    body()->addWidget(m_what);
    body()->addWidget(m_chart, 1);
    connect(m_window, &Chips::chosen, this, &LimitChart::change);
    present({}, {});
}

TimeChart::Window LimitChart::timeWindow() const { return TimeChart::Window(m_window->current()); }

Seconds LimitChart::span() const
{
    switch (timeWindow()) {
    case TimeChart::Window::TenMinutes: return std::chrono::minutes {10};
    case TimeChart::Window::Day:        return std::chrono::days {1};
    case TimeChart::Window::Month:      return std::chrono::days {30};
    }
    Q_UNREACHABLE_RETURN({});
}

void LimitChart::change()
{
    m_chart->setWindow(timeWindow());
    Q_EMIT windowChanged();
}

void LimitChart::present(const QString &rule, const QList<LimitPoint> &history)
{
    //: Above a chart: whose counts it shows.
    const QString whose = rule.isEmpty() ? tr("All rules together") : UiTexts::foreign(rule);
    m_what->setText(UiTexts::inOneLine({whose, unitOf(timeWindow())}));
    m_chart->setPoints(limitPoints(history, timeWindow()));
}

} // namespace warder
