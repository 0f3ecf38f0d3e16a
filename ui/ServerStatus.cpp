#include "ui/ServerStatus.h"

#include "ui/elsewhere/LineTexts.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"

using namespace std::chrono_literals;

namespace warder {

namespace {

constexpr int mostTicks = 5; // ticks; an answer takes a millisecond

} // namespace

ServerStatus::ServerStatus(Console &console, bool ofService, QObject *parent, RemoteLine *elsewhere)
    : QObject(parent), m_console(console), m_ofService(ofService), m_elsewhere(elsewhere)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &ServerStatus::tick);
    if (m_elsewhere)
        connect(m_elsewhere, &RemoteLine::changed, this, &ServerStatus::followLine);
}

ServerHealth ServerStatus::health() const
{
    return m_elsewhere && !m_elsewhere->isConnected() ? LineTexts::healthOf(*m_elsewhere, m_hasRead) : healthOf(m_latest.server, answers());
}

void ServerStatus::followLine()
{
    Q_EMIT updated(m_latest); // the words for it are others now
    if (m_elsewhere->isConnected())
        refresh();
}

void ServerStatus::start()
{
    m_timer.start();
    refresh();
}

void ServerStatus::tick()
{
    if (m_asking && ++m_ticks >= mostTicks)
        //: Why the window has no news of the server: its process stands still.
        setFailure(tr("No answer for %Ln second(s).", nullptr, m_ticks));
    refresh();
}

void ServerStatus::refresh()
{
    if (m_asking)
        return;
    m_asking = true;
    m_ticks = 0;
    ask(
        m_console.ask(ReadOverview {}), this, [this](const OverviewView &overview) { setOverview(overview); },
        [this](const Error &error) {
            m_asking = false;
            setFailure(UiTexts::of(error));
        });
}

void ServerStatus::setOverview(const OverviewView &overview)
{
    m_asking = false;
    m_failure.clear();
    m_hasRead = true;
    m_latest = overview;
    Q_EMIT updated(m_latest);
}

void ServerStatus::setFailure(const QString &why)
{
    m_failure = why;
    Q_EMIT updated(m_latest);
}

void ServerStatus::setServer(const ServerView &server)
{
    m_latest.server = server;
    Q_EMIT updated(m_latest);
}

void ServerStatus::startServer()
{
    if (!isListening())
        sendStart(m_console.ask(StartServer {}));
}

void ServerStatus::usePort(int port) { sendStart(m_console.ask(UsePort {.port = port})); }

void ServerStatus::sendStart(const Answer<ServerView> &answer)
{
    m_latest.server.state = ServerState::Starting;
    Q_EMIT updated(m_latest);
    send(Order::Start, answer);
}

void ServerStatus::stopServer()
{
    if (!isListening())
        return;
    m_latest.server.state = ServerState::Stopping;
    Q_EMIT updated(m_latest);
    send(Order::Stop, m_console.ask(StopServer {}));
}

void ServerStatus::togglePause()
{
    isPaused() ? send(Order::Resume, m_console.ask(ResumeServer {})) : send(Order::Pause, m_console.ask(PauseServer {}));
}

void ServerStatus::reload()
{
    ask(
        m_console.ask(ReloadServer {}), this,
        [this](const QStringList &waiting) {
            Q_EMIT succeeded(Order::Reload);
            Q_EMIT reloaded(waiting);
            refresh();
        },
        [this](const Error &error) { reportRefusal(Order::Reload, error); });
}

void ServerStatus::restart()
{
    ask(
        m_console.ask(RestartServer {}), this, [this] { Q_EMIT succeeded(Order::Restart); },
        [this](const Error &error) { reportRefusal(Order::Restart, error); });
}

void ServerStatus::send(Order order, const Answer<ServerView> &answer)
{
    ask(
        answer, this,
        [this, order](const ServerView &server) {
            Q_EMIT succeeded(order);
            setServer(server);
        },
        [this, order](const Error &error) { reportRefusal(order, error); });
}

void ServerStatus::reportRefusal(Order order, const Error &error)
{
    Q_EMIT refused(order, error);
    refresh();
}

void ServerStatus::apply(const QList<Change> &changes)
{
    for (const Change &change : changes) {
        if (const auto *server = std::get_if<ServerChanged>(&change))
            setServer(server->server);
    }
}

} // namespace warder
