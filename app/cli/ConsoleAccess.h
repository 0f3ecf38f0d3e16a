#pragma once

#include "app/Core.h"
#include "core/console/RemoteConsole.h"
#include "core/crypto/CryptoLibraries.h"

#include <QEventLoop>
#include <QFutureWatcher>

namespace warder {

/// The console for one command: of the server that holds the data directory, or on the database itself when none does.
class ConsoleAccess final : private ServerControl
{
public:
    /// CannotRun's refusals, in words. Waits up to ten seconds for who holds the data directory to answer or let go of it.
    static Result<std::unique_ptr<ConsoleAccess>> open(const QString &dataDirectory, const Settings &settings);

    Console &console() { return *m_console; }

    /// Waits for an answer with an event loop, which the socket needs.
    template <typename T>
    static Result<T> wait(Answer<T> answer)
    {
        QFutureWatcher<Result<T>> watcher;
        QEventLoop loop;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(answer);
        if (!answer.isFinished())
            loop.exec();
        return answer.result();
    }

private:
    ConsoleAccess() = default;
    static Result<std::unique_ptr<ConsoleAccess>> tryOpen(const QString &dataDirectory, const Settings &settings);
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
