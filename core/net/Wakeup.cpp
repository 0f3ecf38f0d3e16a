#include "core/net/Wakeup.h"

#include <QCoreApplication>
#include <QEvent>

namespace warder {

namespace {

/// A function of its own, so that wake() stands in the stacks that a thread sanitizer prints (tests/support/tsan.supp).
Q_NEVER_INLINE void post(QObject &receiver) { QCoreApplication::postEvent(&receiver, new QEvent(QEvent::User)); }

} // namespace

void Wakeup::wake() { post(*this); }

void Wakeup::customEvent(QEvent *) { m_onWake(); }

} // namespace warder
