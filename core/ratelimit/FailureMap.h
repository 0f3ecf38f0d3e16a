#pragma once

#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/Gcra.h"
#include "core/ratelimit/LimitedName.h"

namespace warder {

/// How failures in a row make the next try wait; of one rule that counts wrong passwords.
struct Backoff
{
    bool isOn = false;
    int free = 0;                                      ///< Failures that cost nothing.
    Seconds longest {0};                               ///< Wait.
    Milliseconds memory = std::chrono::hours {12};     ///< So long after the last failure all are forgotten.
    Milliseconds memoryInARow = std::chrono::days {7}; ///< The same of Failures::inARow.
    qint64 dear = 50;                                  ///< Who has so many in a row is not forgotten for whoever has fewer.
};

/// How long to wait after the n-th failure in a row, of which `free` cost nothing. Pure.
Seconds waitAfter(qint64 failures, int free, Seconds longest);

/// What is known of one key: a pair of address and account, a device at one, an account.
struct Failures
{
    QString address; ///< As HeldBack shows it…
    QString account;
    qint64 count = 0; ///< In a row.
    int inFlight = 0; ///< Tries that were let through, and are not back yet.
    TimePoint last;
    TimePoint since; ///< The first wait began.
    TimePoint until; ///< No try is looked at before.
    qint64 denials = 0;

    // Of accounts only.
    qint64 inARow = 0; ///< Of all strangers, also those whom the waits above spare.
    TimePoint lastInARow;
    MicroTime newcomers; ///< The budget of tries that are looked at although others wait (Gcra.h).
};

/// Failures of many keys, by one rule. The owner guards it, and says which numbers hold.
class FailureMap final
{
public:
    explicit FailureMap(size_t capacity) : m_map(capacity) {}

    Failures &touch(const QString &key, const Backoff &rule, TimePoint now);
    Failures *find(const QString &key) { return m_map.find(key); }
    const Failures *find(const QString &key) const { return m_map.find(key); }
    bool remove(const QString &key) { return m_map.remove(key); }
    template <typename Visit>
    void each(Visit visit) const
    {
        m_map.each(visit);
    }

    /// 0: a try may be looked at. No wait is longer than the rule says, whatever the clock did. `strict`: tries that are being
    /// looked at take away free ones.
    Milliseconds waitOf(const QString &key, const Backoff &rule, bool strict, TimePoint now);
    void fail(const QString &key, const Backoff &rule, TimePoint now);
    /// Counts Failures::inARow on; gives it.
    qint64 failInARow(const QString &key, const Backoff &rule, TimePoint now);

    void begin(const QString &key, const Backoff &rule, TimePoint now) { ++touch(key, rule, now).inFlight; }
    void end(const QString &key);
    /// Who is dear after a change from outside.
    void settle(const QString &key, const Backoff &rule, TimePoint now);

    static constexpr Milliseconds besideAnother = Seconds {1}; ///< For who comes while the one try that is allowed is being looked at.

private:
    BoundedMap<QString, Failures, LimitedNameHash> m_map;
};

} // namespace warder
