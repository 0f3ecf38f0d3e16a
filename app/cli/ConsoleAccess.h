#pragma once

#include "app/Core.h"
#include "core/console/RemoteConsole.h"
#include "core/crypto/CryptoLibraries.h"

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTimer>

namespace warder {

/// The console for one command: of the server that holds the data directory, or on the database itself when none does.
class ConsoleAccess final : private ServerControl
{
public:
    /// CannotRun's refusals, in words. Waits up to a minute for its turn where others hold the data directory. `opening` says what it
    /// may do to a data directory that no server holds: only Add makes one that is missing.
    static Result<std::unique_ptr<ConsoleAccess>> open(const QString &dataDirectory, const Settings &settings, Opening opening);

    /// The same only where a server answers; else Busy.
    static Result<std::unique_ptr<ConsoleAccess>> ofServer(const QString &dataDirectory);

    Console &console() { return *m_console; }

    /// Waits for an answer with an event loop, which the socket needs; Busy after two minutes without one.
    template <typename T>
    static Result<T> wait(Answer<T> answer)
    {
        QFutureWatcher<Result<T>> watcher;
        QEventLoop loop;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(answer);
        QTimer::singleShot(std::chrono::minutes {2}, &loop, &QEventLoop::quit);
        if (!answer.isFinished())
            loop.exec();
        if (!answer.isFinished())
            return refused(ErrorCode::Busy, QStringLiteral("the server took the order, but does not answer: is it stopped or stuck?"));
        return answer.result();
    }

private:
    ConsoleAccess() = default;
    static Result<std::unique_ptr<ConsoleAccess>> ofDatabase(const QString &dataDirectory, const Settings &settings, Opening opening);
    ServerView view() const override { return {}; }
    Result<void> start() override { return refused(ErrorCode::Conflict, QStringLiteral("no server runs")); }
    Result<void> stop() override { return {}; }
    Result<void> pause() override { return start(); }
    Result<void> resume() override { return start(); }
    Result<QStringList> reload() override { return refused(start()); }

    CryptoLibraries m_libraries;
    SystemClock m_clock;
    std::unique_ptr<Core> m_core;
    std::unique_ptr<Console> m_console;
};

} // namespace warder
