#pragma once

#include "core/base/Result.h"
#include "core/platform/Files.h"
#include "core/platform/SocketPath.h"

#include <QLocalServer>
#include <QObject>

namespace warder {

/// Lets only one window open on a data directory. The first process holds a lock file there and listens on a socket (mode 0600); a later
/// one finds the lock held, asks over the socket that the first window come to the front, and ends. The lock decides, since the system
/// releases it with its process; a socket file that was left behind is replaced. Main thread.
class SingleWindow final : public QObject
{
    Q_OBJECT
public:
    enum class Place {
        First, ///< No other window: open one. raiseWanted() is emitted when the program is started again.
        Later, ///< Another one is open and came to the front: end.
    };

    explicit SingleWindow(const QString &dataDirectory);
    ~SingleWindow() override;

    /// Makes the data directory where there is none. Waits for another window: up to a minute for one that still starts (it listens as soon
    /// as it handles events), then up to ten seconds for its answer; AlreadyRunning if there is none. First, too, if the other one ends.
    /// Where the directory's files may not be written the answer is First: what keeps a window from opening there will say so better.
    Result<Place> enter();

Q_SIGNALS:
    /// The program was started once more: the window shall come to the front.
    void raiseWanted();

private:
    QString socketPath() const;
    void listen();
    void acceptConnections();

    const QString m_directory;
    std::unique_ptr<SocketPath> m_name; ///< Outlives the server, which removes its socket by it.
    QLocalServer m_server;
    platform::Descriptor m_lock;
};

} // namespace warder
