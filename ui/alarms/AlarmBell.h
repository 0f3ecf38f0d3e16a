#pragma once

#include "core/console/orders/Changes.h"

#include <QObject>

namespace warder {

class Console;

/// Knows how many alarms nobody has seen yet, those among them that were raised while no window was open. Asks when it is told to, and when
/// the journal tells of alarms; one question in flight. GUI thread.
class AlarmBell final : public QObject
{
    Q_OBJECT
public:
    AlarmBell(Console &console, QObject *parent) : QObject(parent), m_console(console) {}

    qint64 open() const { return m_open; }
    void refresh();
    void apply(const QList<Change> &changes);

Q_SIGNALS:
    void changed(qint64 open);

private:
    void settle(qint64 open);

    Console &m_console;
    qint64 m_open = 0;
    bool m_isAsking = false;
    bool m_isOld = false; ///< The answer that is on its way may be older than the newest alarm.
};

} // namespace warder
