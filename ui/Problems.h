#pragma once

#include "core/base/Clock.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/ServerStatus.h"
#include "ui/support/WindowProblem.h"

#include <QObject>

namespace warder {

class ProblemStrip;

/// What is wrong with the server and with the window's sight of it, put together from all who notice: the server itself, the orders
/// it refused, its silence, and its alarms. The strip shows it. GUI thread.
class Problems final : public QObject
{
    Q_OBJECT
public:
    Problems(ServerStatus &status, const Clock &clock, ProblemStrip &strip);

    /// The journal stopped telling what is new, or tells again: nothing.
    void setPollingError(const std::optional<Error> &why);
    void addAlarm(const Alarm &alarm);

Q_SIGNALS:
    /// Somebody wants to see what an alarm is about.
    void alarmWanted(const warder::Alarm &alarm);

private:
    struct Refusal
    {
        ServerStatus::Order order;
        QString text;
        QString detail;
    };

    /// Those of one kind that nobody has seen to yet.
    struct Alarms
    {
        Alarm newest;
        int count = 0;
    };

    void refresh();
    WindowProblem unreachable() const;
    QList<WindowProblem> serverProblems();
    void dropResolved(const ServerView &server);
    void showAlarms();
    WindowProblem notListening();
    void tryAgain(const std::function<void()> &order);
    void setRefusal(ServerStatus::Order order, const Error &error);

    ServerStatus &m_status;
    const Clock &m_clock;
    ProblemStrip &m_strip;
    std::optional<TimePoint> m_lastAnswer; ///< When the server last answered.
    std::optional<Error> m_pollingError;
    std::optional<Refusal> m_refusal;
    QStringList m_needRestart;                ///< Settings that act after a restart.
    Milliseconds m_age {0};               ///< Of the server's process, by a clock that may be set.
    QMap<QString, Alarms> m_alarms; ///< By type.
};

} // namespace warder
