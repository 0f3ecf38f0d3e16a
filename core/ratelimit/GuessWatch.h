#pragma once

#include "core/base/Clock.h"
#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/LimitedName.h"

#include <QHostAddress>
#include <QList>

#include <mutex>
#include <optional>

namespace warder {

/// Somebody guesses passwords: more denials than a person with a bad memory causes.
struct BruteForce
{
    TimePoint at;
    QString address;     ///< Of the last denied try, as the limiter counts it.
    QString account;     ///< What it was aimed at; may be empty.
    int fromAddress = 0; ///< Denials in the last five minutes from that address, at any account…
    int atAccount = 0;   ///< …and at that account, from any address.
};

/// Watches denied sign-ins: when one address or one account is denied more than 50 times in five minutes, it says so, once an
/// episode; who is not denied for five minutes has ended theirs. Any thread; bounded.
class GuessWatch final
{
public:
    static constexpr int most = 50;
    static constexpr Milliseconds window = std::chrono::minutes {5};

    std::optional<BruteForce> denied(const QHostAddress &address, const QString &account, TimePoint now);

private:
    struct Denials
    {
        QList<TimePoint> times; ///< Within the window, oldest first.
        bool told = false;
    };
    Denials &count(const LimitedName &name, TimePoint now);

    std::mutex m_mutex;
    BoundedMap<LimitedName, Denials, LimitedNameHash> m_denials {4096}; ///< Under the mutex.
};

} // namespace warder
