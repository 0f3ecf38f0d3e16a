#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace warder {

/// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal of the main thread. A second SIGTERM or SIGINT ends the process at once,
/// which loses nothing acknowledged. One per process.
class StopSignals final : public QObject
{
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    void stopRequested();

private:
    QSocketNotifier m_notifier;
};

} // namespace warder
