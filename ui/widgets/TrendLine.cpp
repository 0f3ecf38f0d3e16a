#include "ui/widgets/TrendLine.h"

#include "ui/support/Tone.h"
#include "ui/support/Type.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <limits>

namespace warder {

TrendLine::TrendLine(QWidget *parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void TrendLine::setTrend(const Trend &trend)
{
    if (m_trend == trend)
        return;
    const bool isAsWide = m_trend.difference == trend.difference;
    m_trend = trend;
    setToolTip(trend.words);
    if (accessibleName() != trend.words) // or screen readers would hear of it
        setAccessibleName(trend.words);
    if (!isAsWide)
        updateGeometry();
    update();
}

QFont TrendLine::small() const { return ofTabularFigures(sized(font(), TextSize::quiet)); }

int TrendLine::besideLine() const
{
    constexpr int gap = 6;
    return m_trend.difference.isEmpty() ? 0 : QFontMetrics(small()).horizontalAdvance(m_trend.difference) + gap;
}

QSize TrendLine::sizeHint() const { return {60 + besideLine(), QFontMetrics(small()).height()}; }

QSize TrendLine::minimumSizeHint() const { return {16 + besideLine(), sizeHint().height()}; }

void TrendLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLine(painter, QRectF(rect()).adjusted(1, 2, -1 - besideLine(), -2));
    painter.setFont(small());
    painter.setPen(quietText(palette()));
    painter.drawText(rect(), int(Qt::AlignVCenter | Qt::AlignRight) | Qt::TextSingleLine, m_trend.difference);
}

void TrendLine::paintLine(QPainter &painter, const QRectF &place) const
{
    const auto &points = m_trend.points;
    double least = std::numeric_limits<double>::max();
    double most = 0;
    for (const double point : points) {
        most = qMax(most, point);
        least = point < 0 ? least : qMin(least, point);
    }
    least = m_trend.fromZero || least > most ? 0 : least;
    const double height = qMax(most - least, 1.0);
    const double step = place.width() / double(qMax<qsizetype>(1, points.size() - 1));
    painter.setPen(QPen(colourOf(Plot::Ok, palette()), 1.3));
    for (qsizetype i = 1; i < points.size(); ++i) {
        const auto at = [&](qsizetype number) {
            return QPointF(place.left() + double(number) * step, place.bottom() - (points[number] - least) / height * place.height());
        };
        if (points[i - 1] >= 0 && points[i] >= 0)
            painter.drawLine(at(i - 1), at(i));
    }
}

} // namespace warder
