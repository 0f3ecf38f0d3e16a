#pragma once

#include "core/ratelimit/BackoffRules.h"
#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/FailureMap.h"
#include "core/ratelimit/LimiterStatistics.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateSubject.h"
#include "core/ratelimit/StuffedNetworks.h"

#include <mutex>
#include <optional>

namespace warder {

/// What LoginBackoff.cpp and LoginBackoffKeeping.cpp share.
struct LoginBackoff::Private
{
    /// By which rule somebody has to wait.
    struct Refusal
    {
        QLatin1StringView rule;
        Milliseconds wait {0};
        QString address = {}; ///< As HeldBack shows it.
        QString account = {};
        bool needsProof = false;
    };
    /// A network at an account.
    struct Newcomer
    {
        int tries = 0;
        TimePoint last;
    };

    explicit Private(const BackoffPolicy &given) : policy(given) {}

    static constexpr QLatin1StringView devicePrefix {"device "}; ///< Of the key of a browser, which no address begins with.
    static QString accountOf(const LoginTry &one) { return one.account.left(longestAccountKey); }
    static QString pairKey(const LoginTry &one);
    static QString codeKey(TriedSecret secret, const QString &account);

    QList<Refusal> refusalsOf(LoginTry &one, TimePoint now);
    QList<Refusal> refusalsOfCode(const LoginTry &one, TimePoint now);
    std::optional<Refusal> proofNeeded(const QString &account, TimePoint now);
    Milliseconds waitOfNewcomer(const LoginTry &one, TimePoint now);
    Newcomer &touchNewcomer(const LoginTry &one, TimePoint now);
    static QString newcomerKey(const LoginTry &one) { return networkTextOf(one.address) + u' ' + accountOf(one); }

    RateDecision deny(const LoginTry &one, const QList<Refusal> &refusals, TimePoint now);
    void tellAllowed(const LoginTry &one, TimePoint now);
    void begin(LoginTry &one, TimePoint now);
    void end(const LoginTry &one);
    void failBy(FailureMap &map, const QString &key, const Backoff &rule, const QString &address, const QString &account, TimePoint now);
    LoginFailure failOfStranger(const LoginTry &one, TimePoint now);
    bool forgetAccount(const QString &account, TimePoint now);

    void keepPairs(QList<KeptWait> &to, TimePoint now) const;
    void keepAccounts(QList<KeptWait> &to, TimePoint now) const;
    void keepCodes(QList<KeptWait> &to, TimePoint now) const;
    void restorePair(const KeptWait &wait, TimePoint now);
    void restoreInARow(const KeptWait &wait, TimePoint now);
    void restoreInto(FailureMap &map, const QString &key, const Backoff &rule, KeptWait wait, TimePoint now);
    void show(const KeptWait &wait, TimePoint now) const
    {
        if (statistics)
            statistics->remember(wait, now);
    }

    const BackoffPolicy policy;
    mutable std::mutex mutex; ///< Guards all that follows; before those of the statistics.
    LimiterStatistics *statistics = nullptr;
    BackoffRules rules;
    NetworkTable byAdmin;
    FailureMap pairs {policy.capacity / 5};
    FailureMap accounts {policy.capacity / 5}; ///< What strangers did there.
    FailureMap codes {policy.capacity / 5};
    BoundedMap<QString, Newcomer, LimitedNameHash> newcomers {policy.capacity / 5};
    StuffedNetworks networks {policy.capacity / 5};
};

} // namespace warder
