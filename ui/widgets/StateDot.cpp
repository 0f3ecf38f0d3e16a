#include "ui/widgets/StateDot.h"

#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace warder {
namespace {

void paintPlot(QPainter &painter, const QRectF &place, Plot plot, const QPalette &palette)
{
    painter.setPen(isDashed(plot) ? lineOf(plot, palette) : QPen(colourOf(plot, palette), 1));
    painter.setBrush(fillOf(plot, palette));
    if (isDashed(plot))
        painter.drawLine(QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y()));
    else
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintHalfDisc(QPainter &painter, const QRectF &place, const QColor &colour)
{
    constexpr int degree = 16; // as drawPie() counts
    const QRectF disc = place.adjusted(1, 1, -1, -1);
    painter.drawPie(disc, 90 * degree, 180 * degree);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.2));
    painter.drawEllipse(disc);
}

} // namespace

StateDot::StateDot(QWidget *parent) : QWidget(parent) { setFixedSize(sizeHint()); }

void StateDot::setTone(Tone tone)
{
    if (std::exchange(m_tone, tone) != tone) // told again each second
        update();
}

void StateDot::setPlot(Plot plot)
{
    if (std::exchange(m_plot, plot) != plot)
        update();
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF place = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (m_plot)
        paintPlot(painter, place, *m_plot, palette());
    else
        paintMark(painter, place, m_tone, colourOf(m_tone, palette()));
}

QVBoxLayout *besideFirstLine(StateDot *dot)
{
    constexpr int downToTheWords = 3; // pixels
    auto *column = new QVBoxLayout;
    column->setContentsMargins(0, downToTheWords, 0, 0);
    column->addWidget(dot);
    column->addStretch(1);
    return column;
}

void paintMark(QPainter &painter, const QRectF &place, Tone tone, const QColor &colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (tone) {
    case Tone::Good: return painter.drawEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5));
    case Tone::Info: return paintHalfDisc(painter, place, colour);
    case Tone::Warning:
        return painter.drawPolygon(QPolygonF {QPointF(place.center().x(), place.top()), place.bottomRight(), place.bottomLeft()});
    case Tone::Bad: return painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5);
    case Tone::Neutral:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, place.width() / 6));
        return painter.drawEllipse(place.adjusted(1.5, 1.5, -1.5, -1.5));
    }
}

} // namespace warder
