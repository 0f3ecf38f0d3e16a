#include "core/alarms/Alarms.h"

#include "core/alarms/AlarmEpisode.h"
#include "core/alarms/AlarmListener.h"
#include "core/alarms/AlarmStore.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

void Alarms::note(const RaisedAlarm &alarm)
{
    const std::lock_guard lock(m_mutex);
    noteWithin(alarm);
}

/// m_mutex is held.
void Alarms::noteWithin(const RaisedAlarm &alarm)
{
    const QString episode = AlarmEpisode::keyOf(alarm);
    if (const auto known = m_waiting.find(episode); known != m_waiting.end()) {
        const RaisedAlarm before = *known;
        *known = before.lastAt > alarm.lastAt ? before : alarm; // the newest particulars
        known->at = std::min(before.at, alarm.at);
        known->times = before.times + alarm.times;
        return;
    }
    if (m_waiting.size() < mostWaiting)
        m_waiting.insert(episode, alarm);
    else if (!std::exchange(m_isFull, true))
        log(LogLevel::Warning, "alarms_dropped"_L1, {{"why"_L1, u"%1 wait to be written already"_s.arg(mostWaiting)}});
}

/// Whether the listener has not been told of it for as long as an episode lasts. m_mutex is held.
bool Alarms::isNews(const Problem &problem, TimePoint now)
{
    const auto told = m_told.constFind(problem.code);
    if (told != m_told.constEnd() && std::chrono::abs(now - *told) < AlarmEpisode::lengthOf(AlarmType::Problem))
        return false;
    m_told[problem.code] = now;
    return true;
}

void Alarms::watch(const QList<Problem> &problems, TimePoint now)
{
    QList<RaisedAlarm> news;
    {
        const std::lock_guard lock(m_mutex);
        const auto before = std::exchange(m_standing, {});
        for (const Problem &problem : problems) {
            m_standing[problem.code] = problem.since;
            const bool stood = before.contains(problem.code) && before.value(problem.code) == problem.since;
            if (stood || !AlarmEpisode::isAlarming(problem.code))
                continue;
            const RaisedAlarm alarm {.type = AlarmType::Problem, .about = problem.code, .at = problem.since, .detail = problem.detail};
            noteWithin(alarm);
            if (isNews(problem, now))
                news += alarm;
        }
    }
    for (const RaisedAlarm &alarm : std::as_const(news))
        m_listener.problemBegan(alarm);
}

void Alarms::store()
{
    Waiting waiting;
    {
        const std::lock_guard lock(m_mutex);
        waiting = std::exchange(m_waiting, {});
        m_isFull = false;
    }
    if (waiting.isEmpty())
        return;
    const auto stored = m_database.write([this, &waiting](Transaction &transaction) -> Result<void> {
        for (const RaisedAlarm &alarm : std::as_const(waiting)) {
            if (const auto raised = AlarmStore::raise(transaction, alarm); !raised)
                return raised;
        }
        transaction.afterCommit([this] { m_listener.alarmsStored(); });
        return {};
    });
    if (!stored)
        putBack(waiting); // health says why
}

void Alarms::putBack(const Waiting &waiting)
{
    const std::lock_guard lock(m_mutex);
    for (const RaisedAlarm &alarm : waiting)
        noteWithin(alarm);
}

} // namespace warder
