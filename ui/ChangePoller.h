#pragma once

#include "core/console/Console.h"

#include <QObject>
#include <QTimer>

namespace warder {

/// Asks the journal every 250 ms what is new, one question in flight, and hands it on. Starts at the journal's end: pages read
/// their snapshots themselves. GUI thread.
class ChangePoller final : public QObject
{
    Q_OBJECT
public:
    ChangePoller(Console &console, QObject *parent);

    void start();

Q_SIGNALS:
    void changed(const QList<warder::Change> &changes);
    /// The journal ran away: snapshots must be read anew.
    void missedSome();
    /// Once when the journal stops answering, and once when it answers again.
    void lost(const warder::Error &error);
    void found();

private:
    void look();
    void take(const Changes &news);

    Console &m_console;
    QTimer m_timer;
    quint64 m_position = 0;
    bool m_asking = false;
    bool m_started = false; ///< The first answer only says where the journal ends.
    bool m_lost = false;
};

} // namespace warder
