#pragma once

#include "core/base/Result.h"
#include "core/platform/Files.h"
#include "core/platform/SocketPath.h"

#include <QLocalServer>
#include <QObject>

namespace warder {

/// One window a data directory: the first start of the program keeps a lock and a 0600 socket there, and a later one asks it to come to
/// the front. The lock, which goes with its holder, decides; a socket file without one is a dead one. Main thread.
class SingleWindow final : public QObject
{
    Q_OBJECT
public:
    enum class Place {
        First, ///< No other window: go on. raiseWanted() tells of later starts.
        Later, ///< Another one stands, and came to the front: there is nothing left to do.
    };

    explicit SingleWindow(const QString &dataDirectory);
    ~SingleWindow() override;

    /// Makes the data directory where there is none. Waits up to ten seconds for another window to answer; AlreadyRunning if it does not.
    /// Where the directory's files may not be written the answer is First: what keeps a window from opening there will say so better.
    Result<Place> enter();

Q_SIGNALS:
    void raiseWanted();

private:
    Result<Place> askTheFirst() const;
    void listen();
    void welcome();

    const QString m_directory;
    std::unique_ptr<SocketPath> m_name; ///< Outlives the server, which removes its socket by it.
    QLocalServer m_server;
    platform::Descriptor m_lock;
};

} // namespace warder
