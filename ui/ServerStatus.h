#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/support/ServerHealth.h"

#include <QObject>
#include <QTimer>

namespace warder {

class RemoteLine;

/// Reads the numbers of the overview once a second, one question in flight, and starts, stops, pauses and reloads the server. The one
/// place that knows the server's state for the status bar, the tray and the overview. GUI thread.
class ServerStatus final : public QObject
{
    Q_OBJECT
public:
    enum class Order { Start, Stop, Pause, Resume, Reload, Restart };

    /// `ofService`: the server is another process, which this one neither starts nor ends. `elsewhere`: the way to it, where it is on
    /// another machine.
    ServerStatus(Console &console, bool ofService, QObject *parent, RemoteLine *elsewhere = nullptr);

    void start();
    /// Asks for the numbers now, unless an answer is on its way.
    void refresh();
    /// What was read last, with the state that the last order or change brought.
    const OverviewView &latest() const { return m_latest; }
    bool isListening() const { return m_latest.server.state == ServerState::Running || isPaused(); }
    bool isPaused() const { return m_latest.server.state == ServerState::Paused; }
    bool isOfService() const { return m_ofService; }
    /// The way to a server on another machine; null for those of this machine.
    RemoteLine *elsewhere() const { return m_elsewhere; }
    bool hasRead() const { return m_hasRead; }
    /// Whether the newest question was answered: if not, what the server said before may be old.
    bool answers() const { return m_failure.isEmpty(); }
    /// Why the newest question was not answered, for people; empty if it was.
    const QString &failure() const { return m_failure; }
    ServerHealth health() const;

    /// Each asks for the state it names; nothing happens to a server that is in it.
    void startServer();
    /// Starts it with that port in place of the one that another program uses, now and after restarts.
    void usePort(int port);
    void stopServer();
    /// Pauses a running server, resumes a paused one.
    void togglePause();
    void reload();
    /// It opens anew, with all settings of now.
    void restart();
    void apply(const QList<Change> &changes);

Q_SIGNALS:
    /// There are new numbers or a new state, or answers() has changed.
    void updated(const warder::OverviewView &overview);
    /// The server did not carry an order out.
    void refused(warder::ServerStatus::Order order, const warder::Error &error);
    /// The server carried an order out.
    void succeeded(warder::ServerStatus::Order order);
    /// Settings and certificate were read again; `waiting` act only after a restart.
    void reloaded(const QStringList &waiting);

private:
    void tick();
    void followLine();
    void setOverview(const OverviewView &overview);
    void setFailure(const QString &why);
    void setServer(const ServerView &server);
    void sendStart(const Answer<ServerView> &answer);
    void send(Order order, const Answer<ServerView> &answer);
    void reportRefusal(Order order, const Error &error);

    Console &m_console;
    const bool m_ofService;
    RemoteLine *const m_elsewhere;
    QTimer m_timer;
    OverviewView m_latest;
    QString m_failure;
    bool m_asking = false;
    bool m_hasRead = false;
    int m_ticks = 0; ///< Since the question that is in flight.
};

} // namespace warder
