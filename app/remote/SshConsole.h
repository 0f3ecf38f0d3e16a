#pragma once

#include "app/remote/SshTunnel.h"
#include "core/base/Clock.h"
#include "core/console/wire/RemoteConsole.h"

namespace warder {

/// The console of a server on another machine, over a tunnel of ssh that is opened again and again, with growing pauses, for as long as
/// this lives. What fails for lack of a person (a password, a host's key) waits for open(). Orders that are given meanwhile are Busy; one
/// that was on its way when the connection broke is ConnectionLost. Main thread.
class SshConsole final : public QObject
{
    Q_OBJECT
public:
    /// `firstPause`: between the first failure and the next attempt; twice as long each time, a minute at most.
    explicit SshConsole(const RemotePlace &place, Milliseconds firstPause = Seconds {1});

    Console &console() { return m_console; }
    const RemoteLineState &state() const { return m_state; }

    /// An attempt now, in which a person may be asked for what ssh wants to know.
    void open();

Q_SIGNALS:
    void stateChanged();

private:
    void attempt(SshArguments::Asking asking);
    void greet();
    void lose();
    void fail(const SshFault &fault);
    void enter(const RemoteLineState &state);
    Milliseconds nextPause();

    const Milliseconds m_firstPause;
    SshTunnel m_tunnel;
    RemoteConsole m_console; ///< After the tunnel: it ends first.
    RemoteLineState m_state;
    QTimer m_pausing;
    int m_failures = 0; ///< Since a server last answered.
};

} // namespace warder
