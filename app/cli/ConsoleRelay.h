#pragma once

#include <QLocalSocket>
#include <QObject>
#include <QTimer>

namespace warder {

/// Passes lines between a window and the console's socket of a server, for somebody who may not open that socket: the window starts this
/// process with more rights (pkexec) and talks to it over a socket of its own. Reconnects when the server was restarted; then drops what
/// the window sends until its next hello, since the new server has not heard the old one. Main thread.
class ConsoleRelay final : public QObject
{
    Q_OBJECT
public:
    /// `client`: the descriptor of a connected local socket, the window's; taken over. `socketPath`: the server's.
    ConsoleRelay(qintptr client, const QString &socketPath);

Q_SIGNALS:
    /// The window has closed its end: this process shall end.
    void finished();

private:
    void connectAgain();
    void forwardOrders();

    const QString m_path;
    QLocalSocket m_client;
    QLocalSocket m_server;
    QTimer m_retry;
    bool m_greeted = false;
};

} // namespace warder
