#pragma once

#include "core/console/Console.h"
#include "core/platform/SocketPath.h"

#include <QLocalServer>
#include <QTimer>

namespace warder {

/// Serves the console on a 0600 local socket, a ConsoleClient for each program that connects. Only this user and root may. Makes its file
/// anew when somebody removed it. Lives on the main thread, and ends after the console: who waits then has its last answers.
class ConsoleSocket final : public QObject
{
    Q_OBJECT
public:
    explicit ConsoleSocket(Console &console);
    ~ConsoleSocket() override;

    /// The caller holds the data directory's lock, so a socket file that stands there is a dead one.
    Result<void> listen(const QString &path);

private:
    Result<void> listenAgain();
    void keepFile();
    void welcome();

    Console &m_console;
    QString m_path;
    std::unique_ptr<SocketPath> m_name; ///< Before the server, which removes its file by that name.
    QLocalServer m_server;
    QTimer m_keeping;
    quint64 m_file = 0; ///< Its inode.
};

} // namespace warder
