#include "ui/support/LayoutKeeper.h"

#include <QEvent>
#include <QLayout>
#include <QScrollArea>

#include <utility>

namespace warder {

LayoutKeeper::LayoutKeeper(QScrollArea *area) : QObject(area), m_area(area)
{
    area->installEventFilter(this);
    area->widget()->installEventFilter(this);
}

bool LayoutKeeper::eventFilter(QObject *watched, QEvent *event)
{
    if ((event->type() == QEvent::Resize || event->type() == QEvent::Show) && !std::exchange(m_isWaiting, true))
        QMetaObject::invokeMethod(this, &LayoutKeeper::layOut, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

void LayoutKeeper::layOut()
{
    m_isWaiting = false;
    const QWidget *content = m_area->widget();
    if (!content || content->layout()->geometry() == content->contentsRect())
        return;
    content->layout()->invalidate();
    content->layout()->activate();
}

} // namespace warder
