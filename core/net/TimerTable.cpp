#include "core/net/TimerTable.h"

#include <algorithm>

namespace warder {

void TimerTable::add(const Timer &timer, Moment now)
{
    remove(timer.id);
    m_places[qToUnderlying(timer.id)] = m_queue.emplace(now + timer.interval, timer);
}

bool TimerTable::remove(Qt::TimerId id)
{
    const auto found = m_places.find(qToUnderlying(id));
    if (found == m_places.end())
        return false;
    m_queue.erase(found->second);
    m_places.erase(found);
    return true;
}

bool TimerTable::removeAllOf(const QObject *object)
{
    const auto timers = timersOf(object);
    for (const auto &timer : timers)
        remove(timer.timerId);
    return !timers.isEmpty();
}

std::vector<Qt::TimerId> TimerTable::due(Moment now) const
{
    std::vector<Qt::TimerId> ids;
    std::transform(m_queue.begin(), m_queue.upper_bound(now), std::back_inserter(ids), [](const auto &each) { return each.second.id; });
    return ids;
}

std::optional<TimerTable::Timer> TimerTable::takeTurn(Qt::TimerId id, Moment now)
{
    const auto found = m_places.find(qToUnderlying(id));
    if (found == m_places.end() || found->second->first > now)
        return std::nullopt;
    const Timer timer = found->second->second;
    const Moment inStep = found->second->first + timer.interval;
    m_queue.erase(found->second);
    found->second = m_queue.emplace(inStep > now ? inStep : now + timer.interval, timer); // turns that were missed are not made up for
    return timer;
}

std::optional<TimerTable::Moment> TimerTable::next() const
{
    return m_queue.empty() ? std::nullopt : std::optional(m_queue.begin()->first);
}

std::optional<TimerTable::Duration> TimerTable::remaining(Qt::TimerId id, Moment now) const
{
    const auto found = m_places.find(qToUnderlying(id));
    if (found == m_places.end())
        return std::nullopt;
    return std::max(Duration(0), Duration(found->second->first - now));
}

QList<QAbstractEventDispatcher::TimerInfoV2> TimerTable::timersOf(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfoV2> timers;
    for (const auto &[moment, timer] : m_queue) {
        if (timer.object == object)
            timers.append({.interval = timer.interval, .timerId = timer.id, .timerType = timer.type});
    }
    return timers;
}

} // namespace warder
