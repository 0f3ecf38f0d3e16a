#pragma once

#include "core/ratelimit/GuessWatch.h"
#include "core/ratelimit/LoginBackoff.h"

namespace warder {

class Accounts;
class Database;
class SignInListener;

/// Slows down whoever guesses passwords, and raises the alarm when somebody does.
class LoginThrottle final
{
public:
    LoginThrottle(Database &database, const Accounts &accounts, LoginBackoff &backoff, SignInListener &listener);

    /// Runs `attempt`, which looks at a password of the account `email` and gives a Result, unless it has to wait: wrong
    /// passwords slow their address down at that account, and strangers to the account all together. A hashing lane's work.
    template <typename Attempt>
    std::invoke_result_t<Attempt> guard(const QString &email, const QHostAddress &address, TimePoint now, Attempt attempt)
    {
        LoginTry one = tryOf(email, address);
        if (const auto decision = m_backoff.check(one, now); !decision.allowed) {
            if (const auto seen = noteDenied(one.address, one.account, now))
                raise(*seen);
            return std::unexpected(decision.error());
        }
        auto result = attempt();
        if (result)
            m_backoff.succeeded(one, now);
        else if (result.error().code == ErrorCode::InvalidCredentials)
            m_backoff.failed(one, now);
        else
            m_backoff.excused(one, now);
        return result;
    }

    /// A try was denied before anybody looked at the password; many of them are an alarm, which the caller has raised on a thread
    /// that may wait. Any thread.
    std::optional<BruteForce> noteDenied(const QHostAddress &address, const QString &account, TimePoint now);

    /// Records that somebody guesses passwords, and tells the listener. Waits for the writer.
    void raise(const BruteForce &seen);

private:
    LoginTry tryOf(const QString &email, const QHostAddress &address) const;

    Database &m_database;
    const Accounts &m_accounts;
    LoginBackoff &m_backoff;
    GuessWatch m_guesses;
    SignInListener &m_listener;
};

} // namespace warder
