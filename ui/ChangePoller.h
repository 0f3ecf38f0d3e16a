#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Changes.h"

#include <QObject>
#include <QTimer>

namespace warder {

/// Asks the journal of changes what is new and emits it. One question is in flight, which waits at the journal until there is something;
/// the next one follows 250 ms after the answer, so that there are at most four a second however much happens, and none while nothing
/// does. Of each answer few are emitted in the first turn of the event loop, more in the next ones while that takes no time, at most a
/// thousand: keys and the mouse come in between.
/// Starts at the journal's end: pages read their snapshots themselves. GUI thread.
class ChangePoller final : public QObject
{
    Q_OBJECT
public:
    ChangePoller(Console &console, QObject *parent);

    void start() { poll(); }

Q_SIGNALS:
    void changed(const QList<warder::Change> &changes);
    /// The journal no longer has all that changed since the last answer: snapshots must be read anew.
    void missedSome();
    /// Once when the journal stops answering. It is asked on.
    void failed(const warder::Error &error);
    /// Once when it answers again. What changed meanwhile must be read anew.
    void recovered();

private:
    void poll();
    void publish(const Changes &news);
    void handOn();

    Console &m_console;
    QTimer m_pause;
    QTimer m_turn; ///< Until more of the last answer is emitted.
    quint64 m_position = 0;
    QList<Change> m_news; ///< Of the last answer, of which so many were emitted.
    qsizetype m_told = 0;
    qsizetype m_inTurn = 0; ///< Emitted at once.
    bool m_started = false; ///< The first answer only says where the journal ends.
    bool m_hasFailed = false;
};

} // namespace warder
