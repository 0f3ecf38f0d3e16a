#include "ui/widgets/FocusRing.h"

#include "ui/support/Tone.h"

#include <QEvent>
#include <QPainter>

namespace warder {

FocusRing::FocusRing(QWidget *around) : QWidget(around)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    around->installEventFilter(this);
    hide();
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if (watched == parent() && (type == QEvent::FocusIn || type == QEvent::FocusOut || type == QEvent::Resize)) {
        setGeometry(parentWidget()->rect());
        setVisible(type == QEvent::Resize ? isVisibleTo(parentWidget()) : type == QEvent::FocusIn);
        raise();
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent *) { paintFocusRing(this, parentWidget()->palette()); }

void paintFocusRing(QWidget *on, const QPalette &palette)
{
    QPainter painter(on);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(focusColour(palette, surface(palette)), focusThickness));
    painter.drawRoundedRect(QRectF(on->rect()).adjusted(1, 1, -1, -1), 7, 7);
}

} // namespace warder
