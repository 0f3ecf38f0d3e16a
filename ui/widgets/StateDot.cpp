#include "ui/widgets/StateDot.h"

#include <QPainter>

namespace warder {

StateDot::StateDot(QWidget *parent) : QWidget(parent) { setFixedSize(sizeHint()); }

void StateDot::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void StateDot::setPlot(Plot plot)
{
    m_plot = plot;
    update();
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = m_plot ? colourOf(*m_plot, palette()) : colourOf(m_tone, palette());
    paintMark(painter, QRectF(rect()).adjusted(1, 1, -1, -1), m_plot ? Tone::Good : m_tone, colour);
}

void paintMark(QPainter &painter, const QRectF &place, Tone tone, const QColor &colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (tone) {
    case Tone::Good:
    case Tone::Info: return painter.drawEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5));
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
