#include "ui/ServerWatch.h"

#include "ui/support/Ask.h"

using namespace std::chrono_literals;

namespace warder {

ServerWatch::ServerWatch(Console &console, QObject *parent) : QObject(parent), m_console(console)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &ServerWatch::look);
}

void ServerWatch::start()
{
    m_timer.start();
    look();
}

void ServerWatch::look()
{
    if (m_asking)
        return;
    m_asking = true;
    ask(m_console.overview(), this, [this](const OverviewView &overview) { take(overview); },
        [this](const Error &error) {
            m_asking = false;
            Q_EMIT failed(error);
        });
}

void ServerWatch::take(const OverviewView &overview)
{
    m_asking = false;
    m_latest = overview;
    Q_EMIT read(m_latest);
}

void ServerWatch::takeServer(const ServerView &server)
{
    m_latest.server = server;
    Q_EMIT read(m_latest);
}

void ServerWatch::toggleServer()
{
    const bool stop = isListening();
    m_latest.server.state = stop ? ServerState::Stopping : ServerState::Starting;
    Q_EMIT read(m_latest);
    order(stop ? m_console.stopServer() : m_console.startServer());
}

void ServerWatch::togglePause()
{
    order(isPaused() ? m_console.resumeServer() : m_console.pauseServer());
}

void ServerWatch::reload()
{
    ask(m_console.reloadServer(), this, [this](const QStringList &waiting) { Q_EMIT reloaded(waiting); }, [this](const Error &error) { takeRefusal(error); });
}

void ServerWatch::order(const Answer<ServerView> &answer)
{
    ask(answer, this, [this](const ServerView &server) { takeServer(server); }, [this](const Error &error) { takeRefusal(error); });
}

void ServerWatch::takeRefusal(const Error &error)
{
    Q_EMIT refused(error);
    look();
}

void ServerWatch::apply(const QList<Change> &changes)
{
    for (const Change &change : changes) {
        if (const auto *server = std::get_if<ServerChanged>(&change))
            takeServer(server->server);
    }
}

} // namespace warder
