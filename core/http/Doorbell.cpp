#include "core/http/Doorbell.h"

#include <QCoreApplication>
#include <QEvent>

namespace warder {

void Doorbell::ring() { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); }

void Doorbell::customEvent(QEvent *) { m_answer(); }

} // namespace warder
