#pragma once

#include <QLocalSocket>
#include <QObject>
#include <QTimer>

namespace warder {

/// Connects the window of somebody who may not open the console's socket with the server behind it. Runs with more rights than that
/// window (pkexec), and does nothing but pass lines on. When the server went away and came back, it takes up with the hello that the
/// window then says: what was ordered meanwhile is lost.
class ConsoleRelay final : public QObject
{
    Q_OBJECT
public:
    /// `client`: a connected local socket.
    ConsoleRelay(qintptr client, const QString &socketPath);

Q_SIGNALS:
    /// The window is gone.
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
