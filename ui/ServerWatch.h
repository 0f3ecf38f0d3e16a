#pragma once

#include "core/console/Console.h"

#include <QObject>
#include <QTimer>

namespace warder {

/// Reads the numbers of the overview once a second, one question in flight, and starts, stops, pauses and reloads the server. The one
/// place that knows the server's state for the status bar, the tray and the overview. GUI thread.
class ServerWatch final : public QObject
{
    Q_OBJECT
public:
    ServerWatch(Console &console, QObject *parent);

    void start();
    void look();
    const OverviewView &latest() const { return m_latest; }
    bool isListening() const { return m_latest.server.state == ServerState::Running || isPaused(); }
    bool isPaused() const { return m_latest.server.state == ServerState::Paused; }

    /// Starts a stopped server, stops a running or paused one.
    void toggleServer();
    /// Pauses a running server, resumes a paused one.
    void togglePause();
    void reload();
    void apply(const QList<Change> &changes);

Q_SIGNALS:
    void read(const warder::OverviewView &overview);
    void failed(const warder::Error &error);
    /// An order to the server did not succeed.
    void refused(const warder::Error &error);
    /// Settings and certificate were read again; `waiting` act only after a restart.
    void reloaded(const QStringList &waiting);

private:
    void take(const OverviewView &overview);
    void takeServer(const ServerView &server);
    void order(const Answer<ServerView> &answer);
    void takeRefusal(const Error &error);

    Console &m_console;
    QTimer m_timer;
    OverviewView m_latest;
    bool m_asking = false;
};

} // namespace warder
