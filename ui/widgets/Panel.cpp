#include "ui/widgets/Panel.h"

#include "ui/support/Space.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace warder {

namespace {

void paintRounded(QWidget *widget, const QColor &fill, const QColor &line)
{
    QPainter painter(widget);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(QPen(line, 1));
    painter.drawRoundedRect(QRectF(widget->rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace

void paintSurface(QWidget *widget, bool raised)
{
    const QPalette palette = widget->palette();
    const QColor fill = surface(palette);
    if (raised)
        paintRounded(widget, mixed(palette.color(QPalette::Highlight), fill, 0.06), mixed(palette.color(QPalette::Highlight), fill, 0.55));
    else
        paintRounded(widget, fill, hairline(palette));
}

void paintMessage(QWidget *widget, Tone tone, double inFill, double inLine)
{
    const QPalette palette = widget->palette();
    const QColor colour = colourOf(tone, palette);
    paintRounded(widget, mixed(colour, surface(palette), inFill), mixed(colour, surface(palette), inLine));
}

Panel::Panel(const QString &title, QWidget *parent) : QFrame(parent), m_title(title), m_titleRow(new QWidget(this)), m_body(new QVBoxLayout)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto *row = new QHBoxLayout(m_titleRow);
    row->setContentsMargins(Space::medium, Space::small, Space::medium, Space::narrow);
    row->setSpacing(Space::medium);
    row->addWidget(headingLabel(title, m_titleRow));
    row->addStretch();
    m_titleRow->setVisible(!title.isEmpty());
    all->addWidget(m_titleRow);
    m_body->setContentsMargins(Space::medium, Space::small, Space::medium, Space::medium);
    all->addLayout(m_body, 1);
}

void Panel::addToTitle(QWidget *widget)
{
    m_titleRow->layout()->addWidget(widget);
    m_titleRow->show();
}

void Panel::setFlush() { m_body->setContentsMargins(1, Space::narrow, 1, Space::small); }

void Panel::paintEvent(QPaintEvent *) { paintSurface(this); }

} // namespace warder
