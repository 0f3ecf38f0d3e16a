#pragma once

#include "app/remote/SshArguments.h"
#include "app/remote/SshErrors.h"
#include "core/base/Clock.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>

class QProcess;

namespace warder {

/// Brings the console's socket of another machine here: the system's ssh forwards it to a socket in a private folder (0700), which goes
/// with us. One ssh keeps the connection; where the place names no data directory, another one asks the warderd there for the socket, and
/// one more forwards it, both over that connection, so that nobody is asked for a password twice. Knows nothing of what crosses the socket.
/// Main thread.
class SshTunnel final : public QObject
{
    Q_OBJECT
public:
    /// `patience`: with what is asked over a connection that stands.
    explicit SshTunnel(const RemotePlace &place, Milliseconds patience = Seconds {30});
    ~SshTunnel() override;

    /// Ends with opened() or failed(). Goes on with a connection that stands, if only what was asked over it failed. Nothing while an
    /// attempt is on its way, or the socket is here already.
    void open(SshArguments::Asking asking);

    /// Where it is from here, also before it is.
    QString socketPath() const;
    bool isOpen() const { return m_isOpen; }
    /// What ssh said since the connection began.
    const QByteArray &said() const { return m_said; }

Q_SIGNALS:
    /// The socket is here; whether a server answers behind it shows when it is asked.
    void opened();
    /// The attempt failed, or what was open broke.
    void failed(const warder::SshFault &fault);

private:
    QString controlPath() const;
    void startLine(SshArguments::Asking asking);
    /// Another ssh, over the connection; `then` reads what it said.
    void startStep(const QStringList &arguments, void (SshTunnel::*then)());
    void look();
    void readSocket();
    void forward(const QString &remoteSocket);
    void readForwarding();
    void readLine();
    void readStep();
    void endLine();
    /// It ends in its own time, or is ended; nobody waits for it.
    void dismissStep();
    void fail(const SshFault &fault);

    const RemotePlace m_place;
    const Milliseconds m_patience;
    QTemporaryDir m_folder; ///< Before the processes, whose sockets lie in it.
    const SshArguments m_arguments;
    QString m_program;
    std::unique_ptr<QProcess> m_line;
    std::unique_ptr<QProcess> m_step;
    QTimer m_looking; ///< While it is awaited that we are let in, which ssh does not tell.
    QByteArray m_said;
    QByteArray m_stepOut;
    QByteArray m_stepSaid;
    bool m_isLetIn = false; ///< The machine took our key or password.
    bool m_isOpen = false;
};

} // namespace warder
