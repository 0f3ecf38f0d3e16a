#pragma once

#include "core/console/ChangeJournal.h"
#include "core/console/Console.h"
#include "core/console/ServerControl.h"
#include "core/console/orders/Server.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/ratelimit/RateRule.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"
#include "core/telemetry/TrafficStatistics.h"
#include "tests/support/FakeClock.h"
#include "tests/support/World.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <optional>

namespace warder::test {

/// A listener that only remembers what it was told.
class FakeServer final : public ServerControl
{
public:
    ServerView view() const override
    {
        return {.state = paused      ? ServerState::Paused
                         : listening ? ServerState::Running
                                     : ServerState::Stopped,
                .url = QStringLiteral("http://localhost:1"),
                .addresses = {QStringLiteral("http://localhost:1"), QStringLiteral("unix:/run/w")},
                .problem = {},
                .version = QStringLiteral("1"),
                .dataDirectory = QStringLiteral("/data"),
                .startedAt = fromMilliseconds(7),
                .connections = 3,
                .certificateUntil = fromMilliseconds(9)};
    }
    Result<void> start() override
    {
        if (!problem.isEmpty())
            return refused(ErrorCode::Conflict, problem);
        listening = true;
        return {};
    }
    Result<void> usePort(quint16 port) override
    {
        usedPort = port;
        return start();
    }
    Result<void> stop() override
    {
        listening = false;
        return {};
    }
    Result<void> pause() override
    {
        paused = true;
        return {};
    }
    Result<void> resume() override
    {
        paused = false;
        return {};
    }
    Result<QStringList> reload() override { return QStringList {QStringLiteral("tokens.issuer")}; }
    Result<QStringList> storeSettings(const QList<SettingChoice> &choices) override
    {
        return choices.isEmpty() ? QStringList() : QStringList {choices.first().key};
    }
    Result<void> exchange(DatabaseExchange wanted) override
    {
        exchanged = std::move(wanted);
        return {};
    }
    Result<void> restart() override
    {
        restarted = true;
        return {};
    }

    std::atomic<bool> listening {true};
    std::atomic<bool> paused {false};
    std::atomic<bool> restarted {false};
    std::atomic<int> usedPort {0};
    QString problem; ///< Set before start() is asked for.
    std::optional<DatabaseExchange> exchanged;
};

/// A World whose journal hears of everything, and the console over it. The test's thread only.
struct ConsoleWorld
{
    QTemporaryDir folder;
    FakeClock clock;
    World world {folder.path(), clock, {.hashing = quickHashing, .rateRules = ownRules(Settings {})}, World::Tells::Journal};
    ChangeJournal &journal = world.core->journal;
    Sessions &sessions = world.sessions;
    TrafficStatistics &traffic = world.core->traffic;
    RateLimiter &limiter = world.core->limiter;
    FakeServer server;
    const std::unique_ptr<Console> owned = world.core->console(server, QStringLiteral("console"));
    Console &console = *owned;

    TokenPair join(const QString &email,
                   const Client &client = {.address = QHostAddress(QStringLiteral("192.0.2.7")), .userAgent = QStringLiteral("curl/8")})
    {
        return tokensOf(world.registration.signUp({.email = email, .password = password}, client, clock.now())).value();
    }
};

/// Without which is the newest: to compare how many there are.
inline SessionCounts numbersOf(SessionCounts counts)
{
    counts.newest.reset();
    return counts;
}

/// The answer, once it is there; the test's event loop goes on meanwhile.
template <typename T>
Result<T> got(const Answer<T> &answer)
{
    if (!QTest::qWaitFor([&answer] { return answer.isFinished(); }, 60'000))
        return refused(ErrorCode::Internal, QStringLiteral("no answer came"));
    return answer.result();
}

} // namespace warder::test
