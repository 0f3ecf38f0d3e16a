#pragma once

#include "core/config/LiveSettings.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/orders/All.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/ratelimit/RateRule.h"
#include "core/telemetry/TrafficStatistics.h"
#include "tests/support/World.h"

#include <QElapsedTimer>
#include <QTest>

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
    QHash<QString, QStringList> limitedRoutes() const override
    {
        return {{QStringLiteral("login"), {QStringLiteral("POST /login"), QStringLiteral("DELETE /me")}}};
    }

    std::atomic<bool> listening {true};
    std::atomic<bool> paused {false};
    QString problem; ///< Set before start() is asked for.
};

/// A World with a journal that hears of everything, and the console over it. The test's thread only.
struct ConsoleWorld
{
    QTemporaryDir folder;
    FakeClock clock;
    ChangeJournal journal;
    World world {folder.path(), clock, {}, {.accounts = journal, .sessions = journal, .signIns = journal, .keys = journal}};
    Sessions &sessions = world.sessions;
    LiveSettings settings {Settings()};
    RateLimiter limiter {rateRulesFrom(settings.get()), world.backoff};
    TrafficStatistics traffic;
    FakeServer server;
    TokenPolicy tokens;
    LocalConsole console {{.clock = clock,
                           .database = *world.database,
                           .accounts = world.accounts,
                           .sessions = sessions,
                           .registration = world.registration,
                           .changes = world.changes,
                           .keys = world.keys,
                           .limiter = limiter,
                           .traffic = traffic,
                           .journal = journal,
                           .server = server,
                           .settings = settings,
                           .tokens = tokens,
                           .actor = QStringLiteral("console")}};

    TokenPair join(const QString &email,
                   const Client &client = {.address = QHostAddress(QStringLiteral("192.0.2.7")), .userAgent = QStringLiteral("curl/8")})
    {
        return world.registration.signUp({.email = email, .password = password}, client, clock.now()).value();
    }
};

/// The answer, once it is there; the test's event loop goes on meanwhile.
template <typename T>
Result<T> got(const Answer<T> &answer)
{
    if (!QTest::qWaitFor([&answer] { return answer.isFinished(); }, 60'000))
        return refused(ErrorCode::Internal, QStringLiteral("no answer came"));
    return answer.result();
}

} // namespace warder::test
