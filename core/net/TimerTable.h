#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace warder {

/// The timers of one event loop, ordered by when they are due. Time is an argument. One thread.
class TimerTable final
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Duration = QAbstractEventDispatcher::Duration;

    struct Timer
    {
        Qt::TimerId id = Qt::TimerId::Invalid;
        Duration interval {0};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
    };

    void add(const Timer &timer, Moment now);
    bool remove(Qt::TimerId id);
    bool removeAllOf(const QObject *object);

    /// The timers that are due, earliest first.
    std::vector<Qt::TimerId> due(Moment now) const;
    /// Reschedules a due timer for its next interval and returns it; nothing if it is not due (any more).
    std::optional<Timer> takeTurn(Qt::TimerId id, Moment now);

    /// When the next is due.
    std::optional<Moment> next() const;
    std::optional<Duration> remaining(Qt::TimerId id, Moment now) const;
    QList<QAbstractEventDispatcher::TimerInfoV2> timersOf(const QObject *object) const;

private:
    using Queue = std::multimap<Moment, Timer>;
    Queue m_queue;
    std::unordered_map<int, Queue::iterator> m_places; ///< By id.
};

} // namespace warder
