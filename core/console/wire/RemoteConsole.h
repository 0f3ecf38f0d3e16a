#pragma once

#include "core/console/Console.h"

#include <QLocalSocket>
#include <QTimer>

#include <unordered_map>

namespace warder {

/// The console of a server in another process, over its local socket (ConsoleClient says what crosses it). A server of another protocol
/// is ServerOutdated or ProgramOutdated. Belongs to one thread with an event loop.
class RemoteConsole final : public QObject, public Console
{
    Q_OBJECT
public:
    RemoteConsole();
    ~RemoteConsole() override;

    /// Waits up to two seconds. Busy when no server answers on the socket, StorageFailure when it may not be opened.
    Result<void> connectTo(const QString &path);
    /// Connects as soon as a server answers there, and again whenever it went away and came back. What is asked meanwhile is Busy.
    /// Never waits.
    void attachTo(const QString &path);
    /// Speaks over a connected local socket, behind which another process passes on what a server says, and says its hello again when
    /// that server came back. Takes the descriptor; what is asked before greeted() is Busy.
    void adopt(qintptr descriptor);

Q_SIGNALS:
    /// The server was found, or found again, behind an adopted socket.
    void greeted();
    /// The adopted socket is closed; it will not come back.
    void closed();

private:
    void carry(std::unique_ptr<Errand> errand) override;
    void greet();
    void read();
    void readMessage(const QJsonObject &message);
    void failAll(const Error &error);
    void send(const QJsonObject &message);

    QLocalSocket m_socket;
    QTimer m_retry;
    bool m_isAdopted = false;
    std::optional<Result<void>> m_greeting; ///< What came of the server's hello.
    std::unordered_map<qint64, std::unique_ptr<Errand>> m_waiting;
    qint64 m_lastId = 0;
};

} // namespace warder
