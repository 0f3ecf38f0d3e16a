#pragma once

#include "core/base/Id.h"
#include "core/console/Console.h"

#include <QLocalSocket>
#include <QSet>

namespace warder {

/// One program on the console's socket: reads its orders and writes their answers. Both ends begin with a Hello. Then a line of JSON
/// `{"id", "order", "params"}` in, `{"id", "result"}` or `{"id", "error"}` out, perhaps after some `{"progress": id, "done", "all"}`;
/// `{"cancel": id}` takes a question back. What is unknown, missing or mistyped is refused with its path; the id of a refusal is null where
/// none can be read, and so it is before the end of a connection on which a message is too long. When the program leaves, reading stops,
/// imports and restores that are not ready stop or are forgotten, other orders are carried out. Lives and ends with its socket, on the main
/// thread.
class ConsoleClient final : public QObject
{
    Q_OBJECT
public:
    ConsoleClient(Console &console, QLocalSocket *socket);

    /// Once the console has ended, which answers or refuses all that it was asked: whoever waits has it, and nothing is heard any more.
    void close();

    static constexpr qint64 longestMessage = 1024 * 1024; ///< Without the end of its line.

private:
    struct Pending
    {
        QFuture<void> future;
        QFuture<Result<QJsonValue>> json;
        bool endsWithProgram = false;
    };

    void read();
    void leave();
    void readMessage(const QByteArray &line);
    Result<void> greet(const QJsonObject &message);
    Result<void> cancel(const QJsonObject &message);
    Result<void> run(const QJsonObject &message, qint64 id);
    void send(const QJsonObject &message);
    void finish(qint64 id, const Result<QJsonValue> &result);
    void sendAnswer(const QJsonValue &id, const Result<QJsonValue> &result);

    Console &m_console;
    QLocalSocket &m_socket;
    std::optional<Result<void>> m_greeting; ///< What came of their hello.
    QHash<qint64, Pending> m_pending;
    QSet<Id> m_imports; ///< Begun and perhaps not finished.
};

} // namespace warder
