#include "ui/ServerStatus.h"

#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"

using namespace std::chrono_literals;

namespace warder {

namespace {

constexpr int patience = 5; // ticks; an answer takes a millisecond

} // namespace

ServerStatus::ServerStatus(Console &console, bool ofService, QObject *parent) : QObject(parent), m_console(console), m_ofService(ofService)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &ServerStatus::tick);
}

void ServerStatus::start()
{
    m_timer.start();
    look();
}

void ServerStatus::tick()
{
    if (m_asking && ++m_waited >= patience)
        //: Why the window has no news of the server: its process stands still.
        lose(tr("No answer for %Ln second(s).", nullptr, m_waited));
    look();
}

void ServerStatus::look()
{
    if (m_asking)
        return;
    m_asking = true;
    m_waited = 0;
    ask(
        m_console.ask(ReadOverview {}), this, [this](const OverviewView &overview) { take(overview); },
        [this](const Error &error) {
            m_asking = false;
            lose(UiTexts::of(error));
        });
}

void ServerStatus::take(const OverviewView &overview)
{
    m_asking = false;
    m_silence.clear();
    m_hasRead = true;
    m_latest = overview;
    Q_EMIT read(m_latest);
}

void ServerStatus::lose(const QString &why)
{
    m_silence = why;
    Q_EMIT read(m_latest);
}

void ServerStatus::takeServer(const ServerView &server)
{
    m_latest.server = server;
    Q_EMIT read(m_latest);
}

void ServerStatus::startServer()
{
    if (!isListening())
        begin(m_console.ask(StartServer {}));
}

void ServerStatus::usePort(int port) { begin(m_console.ask(UsePort {.port = port})); }

void ServerStatus::begin(const Answer<ServerView> &answer)
{
    m_latest.server.state = ServerState::Starting;
    Q_EMIT read(m_latest);
    give(Order::Start, answer);
}

void ServerStatus::stopServer()
{
    if (!isListening())
        return;
    m_latest.server.state = ServerState::Stopping;
    Q_EMIT read(m_latest);
    give(Order::Stop, m_console.ask(StopServer {}));
}

void ServerStatus::togglePause()
{
    isPaused() ? give(Order::Resume, m_console.ask(ResumeServer {})) : give(Order::Pause, m_console.ask(PauseServer {}));
}

void ServerStatus::reload()
{
    ask(
        m_console.ask(ReloadServer {}), this,
        [this](const QStringList &waiting) {
            Q_EMIT obeyed(Order::Reload);
            Q_EMIT reloaded(waiting);
        },
        [this](const Error &error) { takeRefusal(Order::Reload, error); });
}

void ServerStatus::give(Order order, const Answer<ServerView> &answer)
{
    ask(
        answer, this,
        [this, order](const ServerView &server) {
            Q_EMIT obeyed(order);
            takeServer(server);
        },
        [this, order](const Error &error) { takeRefusal(order, error); });
}

void ServerStatus::takeRefusal(Order order, const Error &error)
{
    Q_EMIT refused(order, error);
    look();
}

void ServerStatus::apply(const QList<Change> &changes)
{
    for (const Change &change : changes) {
        if (const auto *server = std::get_if<ServerChanged>(&change))
            takeServer(server->server);
    }
}

} // namespace warder
