#include "core/net/Wakeup.h"

#include <QCoreApplication>
#include <QEvent>

namespace warder {

namespace {

/// A function of its own, so that ring() stands in the stacks that a thread sanitizer prints (tests/support/tsan.supp).
Q_NEVER_INLINE void wake(QObject &sleeper) { QCoreApplication::postEvent(&sleeper, new QEvent(QEvent::User)); }

} // namespace

void Wakeup::ring() { wake(*this); }

void Wakeup::customEvent(QEvent *) { m_answer(); }

} // namespace warder
