#include "core/ratelimit/LimiterStatistics.h"

namespace warder {
namespace {

constexpr Seconds sameStretch {60}; ///< A denial so soon after the last one was over belongs to it.

} // namespace

LimiterStatistics::LimiterStatistics(const QStringList &rules)
{
    for (const QString &rule : rules)
        m_histories.insert(rule, {});
}

void LimiterStatistics::recordAllowed(const QString &rule, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto found = m_histories.find(rule); found != m_histories.end())
        found->record(true, now);
}

void LimiterStatistics::recordDenied(const QString &rule, const QString &key, Milliseconds retryAfter, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto found = m_histories.find(rule); found != m_histories.end())
        found->record(false, now);
    LimitedKey &limited = m_limited.touch({rule, key}, [now](const LimitedKey &each) { return each.until <= now; });
    const bool goesOn = limited.denials > 0 && now <= limited.until + sameStretch;
    limited = {.rule = rule,
               .key = key,
               .since = goesOn ? limited.since : now,
               .until = now + retryAfter,
               .denials = goesOn ? limited.denials + 1 : 1};
}

QList<RatePoint> LimiterStatistics::history(const QString &rule, Seconds window, TimePoint now) const
{
    const std::scoped_lock lock(m_mutex);
    if (!rule.isEmpty())
        return m_histories.contains(rule) ? m_histories.constFind(rule)->points(window, now) : QList<RatePoint> {};
    QList<RatePoint> sums = RateHistory().points(window, now);
    for (const RateHistory &each : m_histories) {
        const auto points = each.points(window, now);
        for (qsizetype i = 0; i < sums.size(); ++i) {
            sums[i].allowed += points[i].allowed;
            sums[i].denied += points[i].denied;
        }
    }
    return sums;
}

qint64 LimiterStatistics::denials(const QString &rule) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_histories.constFind(rule);
    return found == m_histories.cend() ? 0 : found->denials();
}

QList<LimitedKey> LimiterStatistics::limitedNow(TimePoint now) const
{
    QList<LimitedKey> all;
    const std::scoped_lock lock(m_mutex);
    for (const auto &[name, limited] : m_limited) {
        if (limited.until > now)
            all += limited;
    }
    return all;
}

bool LimiterStatistics::forget(const QString &rule, const QString &key, TimePoint now)
{
    const std::scoped_lock lock(m_mutex);
    const LimitedKey *limited = m_limited.find({rule, key});
    const bool shown = limited && limited->until > now;
    m_limited.remove({rule, key});
    return shown;
}

} // namespace warder
