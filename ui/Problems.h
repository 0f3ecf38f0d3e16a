#pragma once

#include "core/base/Clock.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/ServerStatus.h"
#include "ui/support/WindowProblem.h"

#include <QObject>

namespace warder {

class ProblemStrip;

/// Collects what is wrong with the server, and hands it to the strip above the pages: the problems that the server reports, the last
/// order that it refused, that it cannot be reached, settings that wait for a restart, and alarms. GUI thread.
class Problems final : public QObject
{
    Q_OBJECT
public:
    Problems(ServerStatus &status, const Clock &clock, ProblemStrip &strip);

    /// Why the journal does not answer; nothing once it answers again.
    void setPollingError(const std::optional<Error> &why);
    /// Shown until somebody looks into it or dismisses it; alarms of one type share a row.
    void addAlarm(const Alarm &alarm);
    /// All of them have been seen.
    void endAlarms();

Q_SIGNALS:
    /// The person pressed the button of an alarm: the page that it is about shall be shown.
    void alarmWanted(const warder::Alarm &alarm);
    /// The person pressed the button of a problem: the page of that key says more, filtered so.
    void pageWanted(const QString &key, const warder::PageFilter &filter = warder::PageFilter());
    /// The person pressed the button beside settings that wait for a restart.
    void restartWanted();

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
    WindowProblem ofServer(const ProblemView &problem);
    void dropResolved(const ServerView &server);
    void showAlarms();
    WindowProblem notListening();
    WindowProblem whyNotListening();
    void tryAgain(const std::function<void()> &order);
    void setRefusal(ServerStatus::Order order, const Error &error);

    ServerStatus &m_status;
    const Clock &m_clock;
    ProblemStrip &m_strip;
    std::optional<TimePoint> m_lastAnswer; ///< When the server last answered.
    std::optional<Error> m_pollingError;
    std::optional<Refusal> m_refusal;
    QMap<AlarmType, Alarms> m_alarms; ///< By type.
};

} // namespace warder
