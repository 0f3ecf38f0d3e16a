#pragma once

#include "core/base/Clock.h"
#include "core/console/Console.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace warder {

class RemoteLine;

/// How far away a server elsewhere is: asks it every five seconds something that costs nothing, and measures until the answer. One question
/// is in flight, and none while the server is not connected. GUI thread.
class RoundTrip final : public QObject
{
    Q_OBJECT
public:
    RoundTrip(Console &console, const RemoteLine &line, QObject *parent);

Q_SIGNALS:
    /// Nothing: nobody knows.
    void measured(std::optional<warder::Milliseconds> roundTrip);

private:
    void follow();
    void measure();

    Console &m_console;
    const RemoteLine &m_line;
    QTimer m_timer;
    QElapsedTimer m_asked;
    bool m_asking = false;
};

} // namespace warder
