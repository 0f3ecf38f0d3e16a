#pragma once

#include "core/console/Console.h"
#include "core/console/SocketPath.h"

#include <QHash>
#include <QJsonObject>
#include <QLocalServer>
#include <QSet>
#include <QTimer>

class QLocalSocket;

namespace warder {

struct ConsoleMethod;

/// Serves the façade on a 0600 local socket: a line of JSON `{"id", "method", "params"}` in, a line `{"id", "result"}` or
/// `{"id", "error"}` out, before it perhaps some `{"progress": id, "done", "all"}`; `{"cancel": id}` takes a question back. An import
/// that a client has not finished is forgotten when it leaves. Only this user and root may connect. Makes its file anew when somebody
/// removed it. Lives on the main thread.
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
    void read(QLocalSocket *client);
    void answer(QLocalSocket *client, const QByteArray &line);
    void run(const ConsoleMethod &method, const QJsonObject &params, const QJsonValue &id, QLocalSocket *client);
    void forgetImports(const QSet<Id> &imports);

    Console &m_console;
    QString m_path;
    std::unique_ptr<SocketPath> m_name;                                        ///< Before the server, which removes its file by that name.
    QHash<std::pair<QLocalSocket *, qint64>, std::function<void()>> m_pending; ///< How to cancel what is not answered.
    QHash<QLocalSocket *, QSet<Id>> m_imports;                                 ///< What each client has begun and not finished.
    QLocalServer m_server;
    QTimer m_keeping;
    quint64 m_file = 0; ///< Its inode.
};

} // namespace warder
