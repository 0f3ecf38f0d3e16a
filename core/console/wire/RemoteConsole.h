#pragma once

#include "core/base/Clock.h"
#include "core/console/Console.h"

#include <QLocalSocket>
#include <QTimer>

#include <unordered_map>

namespace warder {

/// The console of a server in another process, over its local socket (ConsoleClient says what crosses it). A server of another protocol
/// is ServerOutdated or ProgramOutdated. What waits for an answer when the server goes away, says that it cannot read something and not
/// what, or says more at once than anybody would, is ConnectionLost. An order that is too long for a message is BodyTooLarge. Belongs to
/// one thread with an event loop.
class RemoteConsole final : public QObject, public Console
{
    Q_OBJECT
public:
    RemoteConsole();
    ~RemoteConsole() override;

    static constexpr qint64 longestMessage = 16 * 1024 * 1024; ///< Of the server's; bytes, without the end of its line.

    /// Waits up to two seconds. Busy when no server answers on the socket, StorageFailure when it may not be opened.
    Result<void> connectTo(const QString &path);
    /// Connects as soon as a server answers there, and again whenever it went away and came back. What is asked meanwhile is Busy.
    /// Never waits.
    void attachTo(const QString &path);
    /// The same over a socket that takes connections for a server behind it, whether that is there or not (ssh forwards it): what is
    /// asked before greeted() is Busy. Looks every two seconds, and at connectAgain().
    void attachThrough(const QString &path);
    /// Looks now whether a server answers at the socket that we are attached to.
    void connectAgain();
    /// Gives the connection up, and what waits for an answer with it. Somebody who is attached connects again.
    void disconnectNow();
    /// Speaks over a connected local socket, behind which another process passes on what a server says, and says its hello again when
    /// that server came back. Takes the descriptor; what is asked before greeted() is Busy.
    void adopt(qintptr descriptor);

    /// Why the server that greeted us cannot be asked; nothing where it can, or none has greeted us.
    std::optional<Error> refusal() const;

Q_SIGNALS:
    /// A server was found, or found again.
    void greeted();
    /// The connection is over; an adopted socket will not come back.
    void closed();

private:
    void carry(std::unique_ptr<Errand> errand) override;
    void attach(const QString &path, Milliseconds lookEvery);
    void greet();
    void read();
    void readMessage(const QJsonObject &message);
    void failAll(const Error &error);
    void send(const QJsonObject &message);
    void hearRefusalOfAny(const Result<Error> &refusal);

    QLocalSocket m_socket;
    QTimer m_retry;
    QString m_path; ///< Of the socket that we are attached to.
    bool m_isAdopted = false;
    bool m_asksOnceGreeted = false;         ///< That the socket is connected does not mean that a server hears us.
    std::optional<Result<void>> m_greeting; ///< What came of the server's hello.
    std::unordered_map<qint64, std::unique_ptr<Errand>> m_waiting;
    qint64 m_lastId = 0;
};

} // namespace warder
