#pragma once

#include "core/config/Rate.h"
#include "core/ratelimit/LimiterStatistics.h"
#include "core/ratelimit/RateDecision.h"

#include <QHostAddress>

namespace warder {

class Settings;

/// The numbers behind docs/sign-in.md.
struct BackoffPolicy
{
    bool enabled = true;
    int freePerAddress = 4;  ///< Failures of one address at one account without a wait; the next one waits 1 s, then 2 s, 4 s…
    int freePerAccount = 19; ///< The same for all addresses together that the account never signed in from.
    Seconds longest = std::chrono::minutes {15};        ///< Wait of one address.
    Seconds longestPerAccount = std::chrono::hours {1}; ///< Wait of all those addresses together.
    int triesOfNewcomer = 2; ///< Looked at although the account makes others wait, for each network that has not failed there yet…
    Rate newcomers {.amount = 50, .period = std::chrono::hours {24}, .burst = 50}; ///< …as long as no more of them fail at one account.
    Seconds memory = std::chrono::hours {12};                                      ///< After so long without a failure all is forgotten,
    Seconds newcomerMemory = std::chrono::days {7};                                ///< and after so long a network is a newcomer again.
    size_t capacity = 60'000; ///< A third each for pairs, accounts and networks; the longest silent are forgotten first.

    static BackoffPolicy from(const Settings &settings);
};

/// How long to wait after the n-th failure in a row, of which `free` cost nothing. Pure.
Seconds waitAfter(int failures, int free, Seconds longest);

/// Somebody who wants a password looked at.
struct LoginTry
{
    QHostAddress address;
    QString account;           ///< The normalised e-mail that was typed, known or not.
    bool knownAddress = false; ///< The account has signed in from there before (false for an account that does not exist).
    bool newcomer = false;     ///< Set by check(): let through as such.
};

/// Slows down guessing passwords without giving anybody a way to lock out somebody else: failures count per address and
/// account; and per account only for addresses that account never signed in from. While those must wait, a network that
/// has not failed at the account yet still gets its first tries, within a budget of the account. Any thread; bounded.
class LoginBackoff final
{
public:
    static constexpr QLatin1StringView addressRule {"login_backoff"};
    static constexpr QLatin1StringView accountRule {"login_backoff_account"};

    explicit LoginBackoff(const BackoffPolicy &policy);
    ~LoginBackoff();

    /// Before the password is looked at. A denied try is not counted as a failure. One that is let through must come back by
    /// failed(), succeeded() or excused(): until then no second one profits from the same permission.
    RateDecision check(LoginTry &one, TimePoint now);

    /// The password was wrong, or there is no such account.
    void failed(const LoginTry &one, TimePoint now);

    /// The password was right. Forgets the failures of this address; what others did at the account stays.
    void succeeded(const LoginTry &one, TimePoint now);

    /// Neither: a fault of ours.
    void excused(const LoginTry &one, TimePoint now);

    /// Who must wait now, at most `capacity`; rules addressRule and accountRule.
    QList<LimitedKey> limitedNow(TimePoint now) const;

    /// As it stands in limitedNow(). False if it did not.
    bool unblock(const QString &rule, const QString &key, TimePoint now);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace warder
