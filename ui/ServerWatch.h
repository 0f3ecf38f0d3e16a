#pragma once

#include "core/console/Console.h"

#include <QObject>
#include <QTimer>

namespace warder {

/// Reads the numbers of the overview once a second, one question in flight, and starts and stops the server. The one
/// place that knows the server's state for the status bar, the tray and the overview. GUI thread.
class ServerWatch final : public QObject
{
    Q_OBJECT
public:
    ServerWatch(Console &console, QObject *parent);

    void start();
    void look();
    const OverviewView &latest() const { return m_latest; }
    bool isListening() const { return m_latest.server.state == ServerState::Running; }

    /// Starts a stopped server, stops a running one.
    void toggleServer();
    void apply(const QList<Change> &changes);

Q_SIGNALS:
    void read(const warder::OverviewView &overview);
    void failed(const warder::Error &error);
    /// A start or stop did not succeed.
    void refused(const warder::Error &error);

private:
    void take(const OverviewView &overview);
    void takeServer(const ServerView &server);

    Console &m_console;
    QTimer m_timer;
    OverviewView m_latest;
    bool m_asking = false;
};

} // namespace warder
