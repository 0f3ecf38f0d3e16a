#include "ui/widgets/StateDot.h"

#include <QPainter>

namespace warder {

StateDot::StateDot(QWidget *parent) : QWidget(parent)
{
    setFixedSize(sizeHint());
}

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
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_plot ? colourOf(*m_plot, palette()) : colourOf(m_tone, palette()));
    painter.drawEllipse(QRectF(rect()).adjusted(1, 1, -1, -1));
}

} // namespace warder
