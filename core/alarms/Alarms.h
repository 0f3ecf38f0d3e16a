#pragma once

#include "core/alarms/RaisedAlarm.h"
#include "core/telemetry/Health.h"

#include <QHash>
#include <QList>
#include <QMap>

#include <mutex>

namespace warder {

class AlarmListener;
class Database;

/// Alarms that have no transaction of their own: what an HTTP thread notices, problems of the server, and what the database would not
/// take. They wait in memory until it does. (Whoever has a transaction writes by AlarmStore::raise().)
class Alarms final
{
public:
    /// As many different ones wait at most; further ones are dropped, and the log says so.
    static constexpr qsizetype mostWaiting = 1000;

    Alarms(Database &database, AlarmListener &listener) : m_database(database), m_listener(listener) {}

    /// Has it written with the next store(). Never waits; any thread.
    void note(const RaisedAlarm &alarm);

    /// Notes each of the problems that was not there the last time, or has come again since, if it is alarming. Any lane.
    void watch(const QList<Problem> &problems, TimePoint now);

    /// Writes what was noted; what cannot be written waits for the next time. Waits for the writer; lane light, every two seconds, and at
    /// the end.
    void store();

private:
    using Waiting = QMap<QString, RaisedAlarm>; ///< By episode.

    void noteWithin(const RaisedAlarm &alarm);
    void putBack(const Waiting &waiting);
    bool isNews(const Problem &problem, TimePoint now);

    Database &m_database;
    AlarmListener &m_listener;
    std::mutex m_mutex; ///< Guards the rest.
    Waiting m_waiting;
    bool m_isFull = false;                ///< Said in the log already.
    QHash<QString, TimePoint> m_standing; ///< Problems by code, since when each stands.
    QHash<QString, TimePoint> m_told;     ///< When the listener was last told of it.
};

} // namespace warder
