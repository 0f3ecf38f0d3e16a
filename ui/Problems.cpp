#include "ui/Problems.h"

#include "ui/elsewhere/LineTexts.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ProblemStrip.h"

#include <array>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

QString refusalWords(ServerStatus::Order order)
{
    using enum ServerStatus::Order;
    switch (order) {
    //: An order to the server that it refused.
    case Start: return Problems::tr("The server could not be started.");
    //: An order to the server that it refused.
    case Stop: return Problems::tr("The server could not be stopped.");
    //: An order to the server that it refused.
    case Pause: return Problems::tr("The server could not be paused.");
    //: An order to the server that it refused.
    case Resume: return Problems::tr("The server could not be resumed.");
    //: An order to the server that it refused.
    case Reload: return Problems::tr("The settings could not be read again; the ones before them go on.");
    //: An order to the server that it refused.
    case Restart: return Problems::tr("The server was not restarted; it goes on as before.");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

Problems::Problems(ServerStatus &status, const Clock &clock, ProblemStrip &strip) : m_status(status), m_clock(clock), m_strip(strip)
{
    connect(&status, &ServerStatus::updated, this, &Problems::refresh);
    connect(&status, &ServerStatus::refused, this, &Problems::setRefusal);
    connect(&status, &ServerStatus::succeeded, this, [this] {
        m_refusal.reset();
        refresh();
    });
}

void Problems::setPollingError(const std::optional<Error> &why)
{
    m_pollingError = why;
    refresh();
}

void Problems::refresh()
{
    if (m_status.answers() && !m_pollingError && m_status.hasRead())
        m_lastAnswer = m_clock.now();
    m_strip.present(u"server"_s, m_status.answers() && !m_pollingError ? serverProblems() : QList<WindowProblem> {unreachable()});
}

/// One problem, whoever noticed it: what else the server said before is not known to be so any more.
WindowProblem Problems::unreachable() const
{
    const QString why = m_status.answers() ? UiTexts::of(*m_pollingError) : m_status.failure();
    //: The window shows a server that runs as a service, and cannot reach it.
    const QString ofService = tr("The service does not answer; it is asked again until it does.");
    //: The window gets no news of its server.
    const QString ofOwn = tr("The server does not tell what is new; it is asked again until it does.");
    //: What follows when the window gets no news; %1 is a time.
    const QString old = m_lastAnswer ? tr("What you see is of %1.").arg(Times::exact(*m_lastAnswer)) : QString();
    if (RemoteLine *line = m_status.elsewhere(); line && !line->isConnected())
        return LineTexts::problemOf(*line, old);
    const QString text = (m_status.isOfService() ? ofService : ofOwn) + u' ' + old;
    return {.id = u"unreachable"_s, .tone = Tone::Warning, .text = text.trimmed(), .detail = why};
}

WindowProblem Problems::notListening()
{
    WindowProblem problem = whyNotListening();
    //: Button beside a failed start: leads to the setting that says where the server listens.
    problem.lead = tr("Open settings");
    problem.onLead = [this] { Q_EMIT pageWanted(u"settings"_s, {.text = u"http.listen"_s}); };
    return problem;
}

WindowProblem Problems::whyNotListening()
{
    const ServerView &server = m_status.latest().server;
    const Error refusal {.code = errorCodeFromName(server.problemCode), .detail = server.problem};
    const OtherPort other = server.otherPort.value_or(OtherPort());
    //: The server could not start; its reason follows.
    const QString said = tr("Nobody can sign in: the server does not listen.") + u' ';
    //: Why no other port is offered for a server on another machine.
    const QString notFromHere = tr("No other port is offered from here: whatever leads people to that machine would not know it.");
    const bool isElsewhere = other.port != 0 && m_status.elsewhere();
    if (other.port == 0 || isElsewhere)
        return {.id = u"not_listening"_s,
                .text = (said + UiTexts::why(refusal) + u' ' + (isElsewhere ? notFromHere : UiTexts::placeOf(other))).trimmed(),
                .detail = server.problem,
                //: Button beside a failed start.
                .action = tr("Start again"),
                .onAction = [this] { tryAgain([this] { m_status.startServer(); }); }};
    const QString port = QString::number(other.port); // as it is written in addresses
    return {.id = u"not_listening"_s,
            //: Why the server could not start, and the two ways out; %1 is the number of a port.
            .text = said
                    + tr("Another program uses the server’s port. Stop that program and start the server again, or use port %1, which is "
                         "free, now and after restarts.")
                          .arg(port),
            .detail = server.problem,
            //: Button beside a failed start: the server listens on another port; %1 is its number.
            .action = tr("Use port %1").arg(port),
            .onAction = [this, other] { tryAgain([&] { m_status.usePort(other.port); }); }};
}

void Problems::tryAgain(const std::function<void()> &order)
{
    m_strip.bringBack(u"server"_s);
    order();
}

WindowProblem Problems::ofServer(const ProblemView &problem)
{
    WindowProblem shown {
        .id = problem.code, .tone = problem.down ? Tone::Bad : Tone::Warning, .text = UiTexts::of(problem), .detail = problem.detail};
    constexpr std::array ofMails {"mail_not_sent"_L1, "mail_limit_reached"_L1, "outbox_full"_L1};
    if (std::ranges::contains(ofMails, problem.code)) {
        //: Button beside a problem with mails: leads to the page Mail.
        shown.action = tr("Show Mail");
        shown.onAction = [this] { Q_EMIT pageWanted(u"mail"_s); };
    }
    if (problem.code == "backup_failed"_L1 || problem.code == "restore_failed"_L1) {
        //: Button beside a problem with backups: opens their list.
        shown.action = tr("Show backups");
        shown.onAction = [this] { Q_EMIT pageWanted(u"backups"_s); };
    }
    return shown;
}

QList<WindowProblem> Problems::serverProblems()
{
    const ServerView &server = m_status.latest().server;
    dropResolved(server);
    QList<WindowProblem> problems;
    if (!server.problem.isEmpty() && !m_status.isListening())
        problems += notListening();
    for (const ProblemView &each : server.problems)
        problems += ofServer(each);
    const auto isSaid = [&problems](const QString &id) { return std::ranges::contains(problems, id, &WindowProblem::id); };
    using enum ServerStatus::Order;
    const bool isOfSettings = m_refusal && (m_refusal->order == Reload || m_refusal->order == Restart);
    if (m_refusal && isSaid(isOfSettings ? u"reload_failed"_s : u"not_listening"_s))
        m_refusal.reset(); // the server itself says it
    if (m_refusal)
        problems += {.id = u"refused"_s, .text = m_refusal->text, .detail = m_refusal->detail};
    if (!server.waiting.isEmpty())
        problems += {.id = u"restart"_s,
                     .tone = Tone::Info,
                     //: Settings that were changed; %1 is a list of them.
                     .text = tr("These act after a restart of the server: %1").arg(server.waiting.join(u", "_s)),
                     //: Button beside settings that wait for a restart of the server. The dots say that a question follows.
                     .action = tr("Restart…"),
                     .onAction = [this] { Q_EMIT restartWanted(); }};
    return problems;
}

void Problems::dropResolved(const ServerView &server)
{
    using enum ServerStatus::Order;
    if (m_refusal
        && ((m_refusal->order == Start && server.state == ServerState::Running)
            || (m_refusal->order == Stop && server.state == ServerState::Stopped)))
        m_refusal.reset(); // somebody else did it
}

void Problems::setRefusal(ServerStatus::Order order, const Error &error)
{
    m_refusal = Refusal {.order = order, .text = u"%1 %2"_s.arg(refusalWords(order), UiTexts::why(error)), .detail = error.detail};
    refresh();
}

void Problems::addAlarm(const Alarm &alarm)
{
    Alarms &ofType = m_alarms[alarm.type];
    ofType.newest = alarm;
    ++ofType.count;
    showAlarms();
}

void Problems::endAlarms()
{
    m_alarms.clear();
    showAlarms();
}

void Problems::showAlarms()
{
    QList<WindowProblem> problems;
    for (const auto &[newest, count] : std::as_const(m_alarms)) {
        //: Before an alarm that is not the only one of its kind.
        const QString many = count > 1 ? tr("%Ln alarm(s) of this kind. This is the newest.", nullptr, count) + u' ' : QString();
        problems += {.id = nameOf(newest.type),
                     .tone = Tone::Bad,
                     .text = many + UiTexts::of(newest),
                     .action = newest.type == AlarmType::RefreshReused
                                   ? /*: Button beside an alarm of a token that came back. */ tr("Show sessions")
                                   : /*: Button beside any other alarm. */ tr("Show limits"),
                     .onAction = [this, alarm = newest] {
                         m_alarms.remove(alarm.type);
                         showAlarms();
                         Q_EMIT alarmWanted(alarm);
                     }};
    }
    m_strip.present(u"alarms"_s, problems);
}

} // namespace warder
