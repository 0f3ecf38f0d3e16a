#pragma once

#include "core/console/Console.h"

#include <QLocalServer>

class QLocalSocket;

namespace warder {

/// Serves the façade on a 0600 local socket: a line of JSON `{"id", "method", "params"}` in, a line `{"id", "result"}` or
/// `{"id", "error"}` out. Only this user and root may connect. Lives on the main thread.
class ConsoleSocket final : public QObject
{
    Q_OBJECT
public:
    explicit ConsoleSocket(Console &console);
    ~ConsoleSocket() override;

    /// The caller holds the data directory's lock, so a socket file that stands there is a dead one.
    Result<void> listen(const QString &path);

private:
    void welcome();
    void read(QLocalSocket *client);
    void answer(QLocalSocket *client, const QByteArray &line);

    Console &m_console;
    QLocalServer m_server;
};

} // namespace warder
