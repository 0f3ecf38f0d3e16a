#include "ui/widgets/Panel.h"

#include "ui/support/Tone.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace warder {

void paintSurface(QWidget *widget, bool raised)
{
    QPainter painter(widget);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette palette = widget->palette();
    const QColor fill = surface(palette);
    painter.setBrush(raised ? mixed(palette.color(QPalette::Highlight), fill, 0.06) : fill);
    painter.setPen(QPen(raised ? mixed(palette.color(QPalette::Highlight), fill, 0.55) : hairline(palette), 1));
    painter.drawRoundedRect(QRectF(widget->rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

Panel::Panel(const QString &title, QWidget *parent) : QFrame(parent), m_titleRow(new QWidget(this)), m_body(new QVBoxLayout)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto *row = new QHBoxLayout(m_titleRow);
    row->setContentsMargins(16, 10, 12, 4);
    row->setSpacing(14);
    row->addWidget(headingLabel(title, m_titleRow));
    row->addStretch();
    m_titleRow->setVisible(!title.isEmpty());
    all->addWidget(m_titleRow);
    m_body->setContentsMargins(16, 8, 16, 14);
    all->addLayout(m_body, 1);
}

void Panel::addToTitle(QWidget *widget)
{
    m_titleRow->layout()->addWidget(widget);
    m_titleRow->show();
}

void Panel::setFlush() { m_body->setContentsMargins(1, 5, 1, 6); }

void Panel::paintEvent(QPaintEvent *) { paintSurface(this); }

} // namespace warder
