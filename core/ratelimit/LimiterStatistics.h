#pragma once

#include "core/ratelimit/BusyKeys.h"
#include "core/ratelimit/HeldBack.h"
#include "core/ratelimit/RateHistory.h"

#include <memory>

namespace warder {

/// Counts of one rule in one minute or hour, as they are kept on disk.
struct KeptCount
{
    QString rule;
    Seconds step {60}; ///< 60 or 3600.
    TimePoint from;
    qint64 allowed = 0;
    qint64 denied = 0;

    bool operator==(const KeptCount &) const = default;
};

/// What one rule did over time.
struct RuleHistory
{
    QString rule;
    QList<RatePoint> points = {}; ///< As LimiterStatistics::history() has them.
};

/// Counts every decision: by rule and second for ten minutes, by minute for a day, by hour for 30 days; the busiest keys of a rule;
/// who was held back in the last 24 hours (at most 10 000: who is free again is forgotten first). Any thread; writers of different
/// keys seldom wait for each other. Bounded, whatever the load.
class LimiterStatistics final
{
public:
    static constexpr int mostRules = 512; ///< Names since the start; what comes later counts as the last of them.

    LimiterStatistics();
    ~LimiterStatistics();

    /// One decision of one rule. `key`: a hash of whom it counted, for the busiest. No allocation.
    void recordAllowed(int rule, quint64 key, TimePoint now);
    /// `address`, `account`: as in HeldBack; `tried`: the account that was named.
    void recordDenied(int rule, quint64 key, const QString &address, const QString &account, const QString &tried, bool isSignIn,
                      Milliseconds retryAfter, TimePoint now);
    /// Shows a wait of a former run, and counts nothing.
    void remember(const KeptWait &wait, TimePoint now);

    /// A small number for a rule, for ever the same for the same name: what was counted of it stays when it is edited or turned off.
    int ruleNumber(const QString &name);

    /// Oldest first, without gaps: seconds up to ten minutes, minutes up to a day, hours up to 30 days. An empty rule: all
    /// together; unknown: empty.
    QList<RatePoint> history(const QString &rule, Seconds window, TimePoint now) const;
    /// Of every rule that denied something in that time, also of those that are gone by now; all have the same times.
    QList<RuleHistory> denying(Seconds window, TimePoint now) const;
    qint64 allowed(const QString &rule) const; ///< Since the start of this process.
    qint64 denials(const QString &rule) const;

    /// The keys with the most decisions in the last hour, busiest first, at most BusyKeys::shown; who they are only where they were
    /// ever denied.
    QList<BusyKey> busiest(const QString &rule, TimePoint now) const;

    /// Who is held back now, or was within `window`; longest still to wait first.
    QList<HeldBack> heldBack(Seconds window, TimePoint now) const;
    /// Strikes off what heldBack() shows of that pair; its rules.
    QStringList forget(const QString &address, const QString &account, TimePoint now);

    /// The counts of minutes and hours that changed since the last call; and what a former run left.
    QList<KeptCount> changedCounts(TimePoint now);
    void restore(const QList<KeptCount> &counts, TimePoint now);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace warder
