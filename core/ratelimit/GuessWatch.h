#pragma once

#include "core/base/Clock.h"
#include "core/base/GuessSign.h"
#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/LimitedName.h"

#include <QHostAddress>
#include <QList>

#include <mutex>
#include <optional>

namespace warder {

/// Somebody guesses passwords: more than a person with a bad memory would.
struct BruteForce
{
    TimePoint at;
    QString address;     ///< Of the last try, as the limiter counts it; of ManyAccounts the network.
    QString account;     ///< What it was aimed at; may be empty.
    int fromAddress = 0; ///< Denials in the last five minutes from that address, at any account; of ManyAccounts the accounts tried…
    int atAccount = 0;   ///< …and at that account, from any address; of FailuresInARow the wrong passwords of strangers.
    GuessSign sign = GuessSign::Denials;
};

/// Watches sign-ins: when one address or one account is denied more than 50 times in five minutes, it says so, once an episode; who
/// is not denied for five minutes has ended theirs. And when strangers fail so often in a row at an account that LoginBackoff
/// finds it time for an alarm, long before it demands a proof of the owner. Any thread; bounded.
class GuessWatch final
{
public:
    static constexpr int most = 50;
    static constexpr Milliseconds window = std::chrono::minutes {5};

    std::optional<BruteForce> denied(const QHostAddress &address, const QString &account, TimePoint now);
    /// What denied() said could not be told: it says so again with the next denial.
    void retract(const BruteForce &seen);

    /// A wrong password of a stranger, the n-th in a row at that account (LoginFailure).
    std::optional<BruteForce> failed(const QHostAddress &address, const QString &account, qint64 inARow, qint64 alarmAt,
                                     TimePoint now) const;

    /// A network has failed at so many accounts that it is held back.
    static BruteForce stuffed(const QString &network, qint64 accounts, TimePoint now);

private:
    struct Denials
    {
        QList<TimePoint> times; ///< Within the window, oldest first.
        bool told = false;
    };
    Denials &count(const LimitedName &name, TimePoint now);
    void setTold(const BruteForce &seen, bool told);

    std::mutex m_mutex;
    BoundedMap<LimitedName, Denials, LimitedNameHash> m_denials {4096}; ///< Under the mutex.
};

} // namespace warder
