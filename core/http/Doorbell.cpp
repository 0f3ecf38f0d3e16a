#include "core/http/Doorbell.h"

#include <QCoreApplication>
#include <QEvent>

namespace warder {

void Doorbell::ring() { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); }

bool Doorbell::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    m_answer();
    return true;
}

} // namespace warder
