#pragma once

#include "core/ratelimit/LimiterStatistics.h"
#include "core/ratelimit/RateDecision.h"

#include <QHostAddress>

namespace warder {

class Settings;

struct BackoffPolicy
{
    bool enabled = true;
    int freePerAddress = 4;        ///< Failures of one address at one account without a wait; the next one waits 1 s, then 2 s, 4 s…
    int freePerAccount = 19;       ///< The same for all addresses together that the account never signed in from.
    Seconds longest = std::chrono::minutes {15};
    Seconds memory = std::chrono::hours {12}; ///< After so long without a failure all is forgotten.
    size_t capacity = 50'000;      ///< Half for pairs, half for accounts; the longest silent are forgotten first.
};

BackoffPolicy backoffPolicyFrom(const Settings &settings);

/// How long to wait after the n-th failure in a row, of which `free` cost nothing. Pure.
Seconds waitAfter(int failures, int free, Seconds longest);

/// Slows down guessing passwords without giving anybody a way to lock out somebody else: failures count per address and
/// account; and per account only for addresses that account never signed in from. Any thread; bounded.
class LoginBackoff final
{
public:
    static constexpr QLatin1StringView addressRule {"login_backoff"};
    static constexpr QLatin1StringView accountRule {"login_backoff_account"};

    explicit LoginBackoff(const BackoffPolicy &policy);
    ~LoginBackoff();

    /// Before the password is looked at; `knownAddress`: this account has signed in from this address before (false for an
    /// account that does not exist). A denied attempt is not counted as a failure.
    RateDecision check(const QHostAddress &address, const QString &accountKey, bool knownAddress, TimePoint now);

    /// The password was wrong, or there is no such account.
    void failed(const QHostAddress &address, const QString &accountKey, bool knownAddress, TimePoint now);

    /// The password was right. Forgets the failures of this address; those of unknown addresses only if it was one.
    void succeeded(const QHostAddress &address, const QString &accountKey, bool knownAddress, TimePoint now);

    /// Who must wait now, longest first, at most `capacity`; rules addressRule and accountRule.
    QList<LimitedKey> limitedNow(TimePoint now) const;

    /// As it stands in limitedNow(). False if it did not.
    bool unblock(const QString &rule, const QString &key, TimePoint now);
    /// How many were let go.
    int unblockAll(TimePoint now);

    size_t size() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace warder
