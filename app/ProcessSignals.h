#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace warder {

/// Turns signals of the system into Qt signals of the main thread. SIGTERM, SIGINT and SIGQUIT ask for a stop; a second one ends the
/// process at once, which loses nothing acknowledged. SIGHUP asks for a reload, but for a stop where a terminal closes with it.
/// What log rotators and timers send by habit (SIGUSR1, SIGUSR2, SIGALRM, SIGIO, SIGPWR and the real-time ones) is passed over with a line
/// in the log. One per process.
class ProcessSignals final : public QObject
{
    Q_OBJECT
public:
    explicit ProcessSignals(QObject *parent = nullptr);
    ~ProcessSignals() override;

Q_SIGNALS:
    void stopRequested();
    void reloadRequested();

private:
    void dispatch();

    QSocketNotifier m_notifier;
};

} // namespace warder
