#include "ui/widgets/TimeChart.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/StateDot.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>
#include <QValueAxis>

#include <ranges>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

/// The next of 2, 4, 10, 20, 40, 100 …: half of it is a number worth reading too.
double niceTop(double most)
{
    double unit = 1;
    while (true) {
        for (const double step : {2.0, 4.0, 10.0}) {
            if (most <= unit * step)
                return unit * step;
        }
        unit *= 10;
    }
}

int minutesIn(TimeChart::Window window)
{
    switch (window) {
    case TimeChart::Window::TenMinutes: return 10;
    case TimeChart::Window::Day:        return 24 * 60;
    case TimeChart::Window::Month:      return 30 * 24 * 60;
    }
    Q_UNREACHABLE_RETURN(10);
}

} // namespace

TimeChart::TimeChart(const QString &name, const QList<Line> &lines, Form form, QWidget *parent)
    : QChartView(new QChart, parent), m_lines(lines), m_form(form), m_time(new QCategoryAxis(this)), m_value(new QValueAxis(this))
{
    setAccessibleName(name);
    setFocusPolicy(Qt::NoFocus);
    setRenderHint(QPainter::Antialiasing);
    setMinimumHeight(150);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({0, 6, 16, 0}); // "now" is centred below the right edge
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    makeAxes();
    makeSeries();
    followPalette(this, [this] { applyPalette(); });
}

void TimeChart::makeAxes()
{
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    labelTimes();
    m_value->setRange(0, 2);
    m_value->setTickCount(3);
    m_value->setLabelFormat(u"%.0f"_s);
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_value, Qt::AlignLeft);
}

void TimeChart::labelTimes()
{
    for (const QString &label : m_time->categoriesLabels())
        m_time->remove(label);
    const int span = minutesIn(m_window);
    m_time->setStartValue(-span);
    m_time->setRange(-span, 0);
    switch (m_window) {
    case Window::TenMinutes:
        for (int minutes : {8, 6, 4, 2})
            //: Below a chart: this many minutes ago, short.
            m_time->append(tr("−%1 min").arg(minutes), -minutes);
        break;
    case Window::Day:
        for (int hours : {20, 16, 12, 8, 4})
            //: Below a chart: this many hours ago, short.
            m_time->append(tr("−%1 h").arg(hours), -hours * 60);
        break;
    case Window::Month:
        for (int days : {25, 20, 15, 10, 5})
            //: Below a chart: this many days ago, short.
            m_time->append(tr("−%1 d").arg(days), -days * 24 * 60);
        break;
    }
    //: Below a chart, at its right end: this moment.
    m_time->append(tr("now"), -0.001);
}

void TimeChart::setWindow(Window window)
{
    if (std::exchange(m_window, window) == window)
        return;
    setPoints({});
    labelTimes();
}

void TimeChart::makeSeries()
{
    QList<QAbstractSeries *> all;
    for (int i = 0; i < m_lines.size(); ++i) {
        auto *upper = new QLineSeries(this);
        auto *lower = new QLineSeries(this);
        m_upper += upper;
        m_lower += lower;
        QAbstractSeries *shown = upper;
        if (m_form == Form::Stacked) {
            auto *area = new QAreaSeries(upper, lower);
            m_areas += area;
            shown = area;
        }
        all += shown;
    }
    for (QAbstractSeries *series : all | std::views::reverse) { // where lines meet, the first lies on top
        chart()->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_value);
    }
}

void TimeChart::setPoints(const QList<Point> &points)
{
    m_points = points;
    double most = 0;
    QList<double> floor(points.size(), 0.0);
    for (int line = 0; line < m_lines.size(); ++line) {
        QList<QPointF> upper;
        QList<QPointF> lower;
        for (int i = 0; i < points.size(); ++i) {
            const double top = points[i].values.value(line) + floor[i];
            upper.append({-points[i].minutesAgo, top});
            lower.append({-points[i].minutesAgo, floor[i]});
            most = qMax(most, top);
            if (m_form == Form::Stacked)
                floor[i] = top;
        }
        m_lower[line]->replace(lower);
        m_upper[line]->replace(upper);
    }
    m_value->setRange(0, niceTop(most));
    setAccessibleDescription(points.isEmpty() ? QString() : inWords(points.last()).join(u", "_s));
}

QStringList TimeChart::inWords(const Point &point) const
{
    QStringList words;
    for (int i = 0; i < m_lines.size(); ++i)
        words += UiTexts::named(m_lines[i].name, QLocale().toString(point.values.value(i), 'f', 1));
    return words;
}

void TimeChart::applyPalette()
{
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.88);
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(m_time), static_cast<QAbstractAxis *>(m_value)}) {
        axis->setLabelsFont(small);
        axis->setLabelsColor(quietText(palette()));
        axis->setGridLineColor(hairline(palette()));
        axis->setLinePen(QPen(hairline(palette())));
        axis->setTitleVisible(false);
    }
    m_time->setGridLineVisible(false);
    m_value->setLineVisible(false);
    for (int i = 0; i < m_lines.size(); ++i) {
        const QColor colour = colourOf(m_lines[i].plot, palette());
        m_upper[i]->setPen(QPen(colour, 2));
        if (i >= m_areas.size())
            continue;
        QColor fill = colour;
        fill.setAlphaF(0.78F);
        m_areas[i]->setPen(Qt::NoPen); // an outline would draw counts of zero as a line
        m_areas[i]->setBrush(fill);
    }
}

QWidget *TimeChart::makeLegend(QWidget *parent) const
{
    auto *legend = new QWidget(parent);
    auto *row = new QHBoxLayout(legend);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(5);
    for (const Line &line : m_lines) {
        auto *dot = new StateDot(legend);
        dot->setPlot(line.plot);
        auto *label = quietLabel(line.name, legend);
        label->setWordWrap(false);
        row->addWidget(dot);
        row->addWidget(label);
        row->addSpacing(8);
    }
    return legend;
}

QWidget *chartPanel(const QString &title, TimeChart *chart, QWidget *parent)
{
    auto *panel = new Panel(title, parent);
    panel->addToTitle(chart->makeLegend(panel));
    panel->body()->addWidget(chart);
    return panel;
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const double at = chart()->mapToValue(chart()->mapFromScene(mapToScene(event->position().toPoint())), m_upper.value(0)).x();
    const auto near = std::ranges::min_element(m_points, {}, [at](const Point &point) { return qAbs(point.minutesAgo + at); });
    if (near == m_points.end() || at < -minutesIn(m_window) || at > 0.02 * minutesIn(m_window)) {
        QToolTip::hideText();
        return;
    }
    QToolTip::showText(event->globalPosition().toPoint(), inWords(*near).join(u'\n'), this);
}

} // namespace warder
