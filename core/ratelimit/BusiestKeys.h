#pragma once

#include "core/base/Clock.h"

#include <QHash>
#include <QList>
#include <QString>

namespace warder {

/// How often a key was seen.
struct BusyKey
{
    QString rule;
    QString key;
    qint64 allowed = 0;
    qint64 denied = 0;

    qint64 total() const { return allowed + denied; }
    bool operator==(const BusyKey &) const = default;
};

/// The busiest keys among any number of keys, in bounded memory (Space-Saving, Metwally et al. 2005): exact while there are
/// few; with many, a key with more than a 128th of all is never missed and nothing is under-counted. The owner guards it.
class BusiestKeys final
{
public:
    static constexpr int counters = 128;

    void record(const QString &rule, const QString &key, bool allowed, TimePoint now);

    /// Of the last five to ten minutes, busiest first.
    QList<BusyKey> top(int limit, TimePoint now) const;

private:
    using Name = std::pair<QString, QString>;

    struct Counts
    {
        QList<BusyKey> keys;
        QHash<Name, qsizetype> places;

        BusyKey &of(const QString &rule, const QString &key);
    };

    static qint64 spanOf(TimePoint now) { return std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count() / 5; }

    qint64 m_span = 0;
    Counts m_current;
    Counts m_previous;
};

} // namespace warder
