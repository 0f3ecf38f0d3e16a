#pragma once

#include "core/ratelimit/GuessWatch.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/signin/SignInOutcome.h"

namespace warder {

class Accounts;
class Alarms;
class Database;
class KnownDevices;
class SignInListener;

/// Where a password was typed.
struct TriedFrom
{
    QHostAddress address;
    QByteArray knownDevice = {}; ///< The cookie of KnownDevices, as it came; empty: none.
};

/// Slows down whoever guesses passwords, and raises the alarm when somebody does.
class LoginThrottle final
{
public:
    LoginThrottle(Database &database, const Accounts &accounts, LoginBackoff &backoff, const KnownDevices &devices, Alarms &alarms,
                  SignInListener &listener);

    /// Runs `attempt`, which looks at a password of the account `email` and gives a Result, unless it has to wait (LimitReached) or
    /// somebody must prove otherwise whose the account is (ProofRequired): wrong passwords slow their address, or their known
    /// browser, down at that account, and strangers to the account all together. A right one that lacks a second factor counts for
    /// nothing until noteProven(). A hashing lane's work.
    template <typename Attempt>
    std::invoke_result_t<Attempt> guard(const QString &email, const TriedFrom &from, TimePoint now, Attempt attempt)
    {
        LoginTry one = tryOf(email, from, now);
        if (const auto decision = m_backoff.check(one, now); !decision.allowed) {
            if (const auto seen = noteDenied(one.address, one.account, now))
                raise(*seen);
            return std::unexpected(decision.error());
        }
        auto result = m_backoff.excusedIfThrown(one, now, attempt);
        if (isUnfinished(result))
            m_backoff.excused(one, now);
        else if (result)
            m_backoff.succeeded(one, now);
        else if (result.error().code == ErrorCode::InvalidCredentials)
            noteFailed(one, now);
        else
            m_backoff.excused(one, now);
        return result;
    }

    /// Somebody has proved to be the owner by what nobody guesses: a second factor behind the password, a mail, a passkey, a
    /// provider, a new password by mail. Wrong passwords of before, from there, are forgiven, and what strangers failed at the account is
    /// forgotten. Any lane.
    void noteProven(const QString &email, const TriedFrom &from, TimePoint now);

    /// What the browser shall keep after it has signed in (KnownDevices::noted()). May wait for the writer.
    QByteArray deviceMark(const TriedFrom &from, Id user, TimePoint now) const;

    /// A try was denied before anybody looked at the password; many of them are an alarm, which the caller has raised on a thread
    /// that may wait. Any thread.
    std::optional<BruteForce> noteDenied(const QHostAddress &address, const QString &account, TimePoint now);

    /// Nobody could be found to raise it; the next denial says so again. Any thread.
    void retract(const BruteForce &seen) { m_guesses.retract(seen); }

    /// Records that somebody guesses passwords, has it stay as an alarm, and tells the listener. Waits for the writer.
    void raise(const BruteForce &seen);

    /// Notes that a rule which only raises an alarm was exceeded, and tells the listener. Never waits; any thread.
    void noteExceeded(const QString &rule, const QHostAddress &address, const QString &account, TimePoint now);

private:
    LoginTry tryOf(const QString &email, const TriedFrom &from, TimePoint now) const;
    void noteFailed(const LoginTry &one, TimePoint now);

    Database &m_database;
    const Accounts &m_accounts;
    LoginBackoff &m_backoff;
    const KnownDevices &m_devices;
    GuessWatch m_guesses;
    Alarms &m_alarms;
    SignInListener &m_listener;
};

} // namespace warder
