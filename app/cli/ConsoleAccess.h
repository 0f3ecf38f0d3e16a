#pragma once

#include "app/CommandLine.h"
#include "core/assembly/Core.h"
#include "core/config/Settings.h"
#include "core/console/Console.h"
#include "core/console/ServerControl.h"
#include "core/console/orders/Server.h"
#include "core/crypto/CryptoLibraries.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QThread>
#include <QTimer>

#include <memory>

namespace warder {

/// The console for one command: of the server that holds the data directory, or on the database itself when none does.
class ConsoleAccess final : private ServerControl
{
public:
    /// CannotRun's refusals, in words. Waits up to a minute for its turn where others hold the data directory. `opening` says what it
    /// may do to a data directory that no server holds: only Add makes one that is missing.
    static Result<std::unique_ptr<ConsoleAccess>> open(const StartOptions &options, const Settings &settings, Opening opening);

    /// The same only where a server answers; else Busy.
    static Result<std::unique_ptr<ConsoleAccess>> ofServer(const QString &dataDirectory);

    Console &console() { return *m_console; }

    /// Waits for an answer with an event loop, which the socket needs. On the database itself that is until the work is done, however
    /// long; of a server Busy after `patience` without an answer, and the order may still be carried out.
    template <typename T>
    static Result<T> wait(const Console &of, Answer<T> answer, Milliseconds patience = std::chrono::minutes {2})
    {
        QFutureWatcher<void> watcher;
        QEventLoop loop;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(QFuture<void>(answer));
        if (isAnotherProcess(of))
            QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        if (!answer.isFinished())
            loop.exec();
        return answer.isFinished() ? answer.result() : unanswered();
    }

    /// Asks whichever server holds the data directory by now, again and again, until `isIt` takes the answer: while one opens anew, which
    /// ends within ten seconds, and opens twice where it goes back to how it was. Busy after two minutes.
    template <typename Order>
    static Result<typename Order::Answer> askAnew(const QString &dataDirectory, const Order &question, const auto &isIt)
    {
        const QDeadlineTimer deadline(std::chrono::minutes {2});
        while (!deadline.hasExpired()) {
            QThread::sleep(askedAgainAfter);
            const auto access = ofServer(dataDirectory);
            if (!access)
                continue;
            Console &console = (*access)->console();
            const auto answer = wait(console, console.ask(question));
            if (answer && isIt(*answer))
                return answer;
        }
        return silent();
    }

private:
    static constexpr Milliseconds askedAgainAfter {200};

    explicit ConsoleAccess(StartOptions options) : m_options(std::move(options)) {}
    static bool isAnotherProcess(const Console &console);
    static std::unexpected<Error> unanswered();
    static std::unexpected<Error> silent();
    static Result<std::unique_ptr<ConsoleAccess>> ofDatabase(const StartOptions &options, const Settings &settings, Opening opening);
    ServerView view() const override { return {}; }
    Result<void> start() override { return refused(ErrorCode::Conflict, QStringLiteral("no server runs")); }
    Result<void> usePort(quint16) override { return start(); }
    Result<void> stop() override { return {}; }
    Result<void> pause() override { return start(); }
    Result<void> resume() override { return start(); }
    Result<QStringList> reload() override { return refused(start()); }
    Result<QStringList> storeSettings(const QList<SettingChoice> &choices) override;

    const StartOptions m_options;
    CryptoLibraries m_libraries;
    SystemClock m_clock;
    std::unique_ptr<Core> m_core;
    std::unique_ptr<Console> m_console;
};

} // namespace warder
