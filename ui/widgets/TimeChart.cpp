#include "ui/widgets/TimeChart.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/Type.h"
#include "ui/widgets/FocusRing.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <utility>

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

double minutesIn(ChartRange range) { return double(ChartRanges::spanOf(range).count()) / 60; }

} // namespace

TimeChart::TimeChart(const QString &name, const QList<Line> &lines, Form form, QWidget *parent)
    : QChartView(new QChart, parent), m_lines(lines), m_form(form), m_time(new QCategoryAxis(this)), m_value(new QValueAxis(this))
{
    setSpokenRole(this, QAccessible::Chart); // Qt has none for charts: to a screen reader they were nothing
    setAccessibleName(name);
    viewport()->setFocusPolicy(Qt::NoFocus); // a part of the chart, which has the keyboard and the name
    setFocusPolicy(Qt::StrongFocus);
    setRenderHint(QPainter::Antialiasing);
    setMinimumHeight(60);
    viewport()->setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({0, 6, 16, 0}); // "now" is centred below the right edge
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    chart()->setLocale(QLocale());
    chart()->setLocalizeNumbers(true);
    makeAxes();
    makeSeries();
    new FocusRing(this);
    followPalette(this, [this] { applyPalette(); });
}

void TimeChart::makeAxes()
{
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    labelTimes();
    m_value->setRange(0, m_top);
    m_value->setTickCount(3);
    m_value->setLabelFormat(u"%.0f"_s);
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_value, Qt::AlignLeft);
}

void TimeChart::labelTimes()
{
    for (const QString &label : m_time->categoriesLabels())
        m_time->remove(label);
    m_time->setStartValue(-minutesIn(m_range));
    m_time->setRange(-minutesIn(m_range), 0);
    constexpr int hour = 60;
    constexpr int day = 24 * hour;
    const QLocale locale;
    switch (m_range) {
    case ChartRange::TenMinutes:
        for (const int minutes : {8, 6, 4, 2})
            //: Below a chart: this many minutes ago, short.
            m_time->append(tr("−%1 min").arg(locale.toString(minutes)), -minutes);
        break;
    case ChartRange::Hour:
        for (const int minutes : {45, 30, 15})
            //: Below a chart: this many minutes ago, short.
            m_time->append(tr("−%1 min").arg(locale.toString(minutes)), -minutes);
        break;
    case ChartRange::Day:
        for (const int hours : {20, 16, 12, 8, 4})
            //: Below a chart: this many hours ago, short.
            m_time->append(tr("−%1 h").arg(locale.toString(hours)), -hours * hour);
        break;
    case ChartRange::Week:
        for (const int days : {6, 5, 4, 3, 2, 1})
            //: Below a chart: this many days ago, short.
            m_time->append(tr("−%1 d").arg(locale.toString(days)), -days * day);
        break;
    case ChartRange::Month:
        for (const int days : {25, 20, 15, 10, 5})
            //: Below a chart: this many days ago, short.
            m_time->append(tr("−%1 d").arg(locale.toString(days)), -days * day);
        break;
    }
    //: Below a chart, at its right end: this moment.
    m_time->append(tr("now"), -0.001);
}

void TimeChart::setRange(ChartRange range)
{
    if (std::exchange(m_range, range) == range)
        return;
    setPoints({}, m_now);
    labelTimes();
}

bool TimeChart::isArea(qsizetype line) const { return m_form == Form::Stacked && !isDashed(m_lines[line].plot); }

void TimeChart::makeSeries()
{
    QList<QAbstractSeries *> all;
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        m_upper += new QLineSeries(this);
        m_lower += new QLineSeries(this);
        m_areas += isArea(i) ? new QAreaSeries(m_upper[i], m_lower[i]) : nullptr;
        if (m_areas[i])
            all.prepend(m_areas[i]);
        else
            all.append(m_upper[i]); // before the areas
    }
    for (QAbstractSeries *series : std::as_const(all)) {
        chart()->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_value);
    }
}

double TimeChart::minutesTo(TimePoint time) const { return double((time - m_now).count()) / 60'000; }

double TimeChart::leftOf(const Point &point) const { return qMax(-minutesIn(m_range), minutesTo(point.from)); }

double TimeChart::rightOf(const Point &point) const { return qMin(0.0, minutesTo(point.until)); }

double TimeChart::highest() const
{
    double most = 0;
    for (const Point &point : m_points) {
        double stack = 0;
        for (qsizetype line = 0; line < m_lines.size(); ++line) {
            const double value = qMax(0.0, point.values.value(line));
            stack += m_areas[line] ? value : 0;
            most = qMax(most, qMax(stack, value));
        }
    }
    return most;
}

void TimeChart::setPoints(const QList<Point> &points, TimePoint now)
{
    const bool hadChosen = chosen();
    m_points = points;
    m_now = now;
    m_top = niceTop(highest());
    m_value->setRange(0, m_top);
    QList<double> ground(points.size(), 0.0);
    for (qsizetype line = 0; line < m_lines.size(); ++line) {
        if (m_areas[line])
            layArea(line, ground);
        else
            layLine(line);
    }
    if (hadChosen && !chosen())
        forget(); // it is too long ago by now
    viewport()->update();
}

void TimeChart::layArea(qsizetype line, QList<double> &ground)
{
    QList<QPointF> upper;
    QList<QPointF> lower;
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        const double top = ground[i] + qMax(0.0, m_points[i].values.value(line));
        for (const double x : {leftOf(m_points[i]), rightOf(m_points[i])}) {
            upper.append(QPointF(x, top));
            lower.append(QPointF(x, ground[i]));
        }
        ground[i] = top;
    }
    m_lower[line]->replace(lower);
    m_upper[line]->replace(upper);
}

/// Counts as steps, of which those of 0 lie out of sight, below the axis; other values from middle to middle.
void TimeChart::layLine(qsizetype line)
{
    QList<QPointF> points;
    for (const Point &point : std::as_const(m_points)) {
        const double value = point.values.value(line);
        if (m_form == Form::Stacked) {
            const double y = value > 0 ? value : -0.1 * m_top;
            points.append(QPointF(leftOf(point), y));
            points.append(QPointF(rightOf(point), y));
        } else if (value >= 0) {
            points.append(QPointF((leftOf(point) + rightOf(point)) / 2, value));
        }
    }
    m_upper[line]->replace(points);
}

void TimeChart::applyPalette()
{
    const QFont small = ofTabularFigures(sized(font(), TextSize::quiet));
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(m_time), static_cast<QAbstractAxis *>(m_value)}) {
        axis->setLabelsFont(small);
        axis->setLabelsColor(quietText(palette()));
        axis->setGridLineColor(hairline(palette()));
        axis->setLinePen(QPen(hairline(palette())));
        axis->setTitleVisible(false);
    }
    m_time->setGridLineVisible(false);
    m_value->setLineVisible(false);
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        m_upper[i]->setPen(lineOf(m_lines[i].plot, palette()));
        if (!m_areas[i])
            continue;
        m_areas[i]->setPen(Qt::NoPen); // an outline would draw counts of zero as a line
        m_areas[i]->setBrush(fillOf(m_lines[i].plot, palette()));
    }
}

const TimeChart::Point *TimeChart::chosen() const
{
    const auto found = m_chosen ? std::ranges::find(m_points, *m_chosen, &Point::from) : m_points.end();
    return found == m_points.end() ? nullptr : &*found;
}

void TimeChart::forget() { choose(nullptr, false); }

void TimeChart::choose(const Point *point, bool byKey)
{
    const auto from = point ? std::optional(point->from) : std::nullopt;
    if (std::exchange(m_chosen, from) == from)
        return;
    viewport()->update();
    Q_EMIT chosenChanged(byKey);
}

void TimeChart::chooseByKey(qsizetype place)
{
    if (!m_points.isEmpty())
        choose(&m_points[qBound<qsizetype>(0, place, m_points.size() - 1)], true);
}

QRectF TimeChart::plotInScene() const { return chart()->mapRectToScene(chart()->plotArea()); }

/// Null beside the plot.
const TimeChart::Point *TimeChart::pointAt(double x) const
{
    const QRectF plot = plotInScene();
    if (m_points.isEmpty() || x < plot.left() || x > plot.right() || plot.width() <= 0)
        return nullptr;
    const double minutes = -minutesIn(m_range) * (plot.right() - x) / plot.width();
    const auto found = std::ranges::find_if(m_points, [&](const Point &point) { return minutes < minutesTo(point.until); });
    return found == m_points.end() ? &m_points.last() : &*found;
}

void TimeChart::mouseMoveEvent(QMouseEvent *event) { choose(pointAt(mapToScene(event->position().toPoint()).x()), false); }

void TimeChart::mouseReleaseEvent(QMouseEvent *event)
{
    QChartView::mouseReleaseEvent(event);
    choose(pointAt(mapToScene(event->position().toPoint()).x()), false);
    if (event->button() == Qt::LeftButton && chosen())
        Q_EMIT picked();
}

bool TimeChart::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave && !hasFocus())
        forget();
    return QChartView::viewportEvent(event);
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const Point *now = chosen();
    const qsizetype last = m_points.size() - 1;
    const qsizetype at = now ? now - m_points.constData() : last + 1;
    switch (event->key()) {
    case Qt::Key_Left:  return chooseByKey(at - 1);
    case Qt::Key_Right: return chooseByKey(at + 1);
    case Qt::Key_Home:  return chooseByKey(0);
    case Qt::Key_End:   return chooseByKey(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (now)
            return Q_EMIT picked();
        break;
    case Qt::Key_Escape:
        if (now)
            return forget();
        break;
    default: break;
    }
    QChartView::keyPressEvent(event);
}

/// Nothing in the chart takes the keyboard: Tab leaves it.
bool TimeChart::focusNextPrevChild(bool next) { return QWidget::focusNextPrevChild(next); }

void TimeChart::drawForeground(QPainter *painter, const QRectF &)
{
    if (const Point *point = chosen())
        paintChosen(*painter, *point);
}

void TimeChart::paintChosen(QPainter &painter, const Point &point) const
{
    const QRectF plot = plotInScene();
    const auto xOf = [&](double minutes) { return plot.right() + minutes / minutesIn(m_range) * plot.width(); };
    QColor band = palette().color(QPalette::Highlight);
    band.setAlphaF(0.25F);
    painter.fillRect(QRectF(QPointF(xOf(leftOf(point)), plot.top()), QPointF(xOf(rightOf(point)), plot.bottom())), band);
    const double middle = xOf((leftOf(point) + rightOf(point)) / 2);
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1));
    painter.drawLine(QPointF(middle, plot.top()), QPointF(middle, plot.bottom()));
    for (qsizetype line = 0; m_form == Form::Lines && line < m_lines.size(); ++line) {
        painter.setBrush(colourOf(m_lines[line].plot, palette()));
        if (const double value = point.values.value(line); value >= 0)
            painter.drawEllipse(QPointF(middle, plot.bottom() - value / m_top * plot.height()), 3, 3);
    }
}

} // namespace warder
