#pragma once

#include "core/base/Result.h"

#include <QTimer>

#include <functional>

namespace warder {

/// What the program says to systemd and takes from it. Where systemd did not start it, or on another system, nobody listens:
/// every word is lost and there are no sockets. Main thread.
class ServiceManager final : public QObject
{
    Q_OBJECT
public:
    explicit ServiceManager(QObject *parent = nullptr);

    /// The server answers; also the last word of a reload, by whomever it was ordered. `text` is the line that `systemctl status` shows.
    void ready(const QString &text);
    /// Settings are being read anew; ready() must follow.
    void reloading();
    void stopping();
    void status(const QString &text);

    /// Sends a heartbeat at half the interval that systemd asks for (WatchdogSec=), as long as `alive` returns true; it is
    /// asked on the main thread and must not wait. When the heartbeats stay out, systemd kills the program and starts it anew.
    void watch(std::function<bool()> alive);

    /// Does work that keeps this thread from its event loop, and sends heartbeats meanwhile without asking anybody, for five minutes at
    /// most: what hangs is killed all the same.
    void during(const std::function<void()> &work) const;

    /// The listening sockets systemd opened (socket activation), the same at every call; who listens on them owns them, and
    /// they stay open in systemd after that. Refused if any is not a listening stream socket.
    static Result<QList<int>> inheritedSockets();

    /// Whether connections can be accepted from it: a listening TCP or Unix stream socket. `name` is for the refusal.
    static Result<void> checkSocket(int descriptor, const QString &name);

private:
    void sendHeartbeat();

    std::function<bool()> m_alive;
    QTimer m_watchdog;
    bool m_silent = false;
};

} // namespace warder
