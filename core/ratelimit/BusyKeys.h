#pragma once

#include "core/base/Clock.h"

#include <QList>
#include <QString>

#include <array>

namespace warder {

/// One of the keys that a rule counts most.
struct BusyKey
{
    QString who;          ///< "203.0.113.7", "ann@example.com", or both; empty for one that was never denied: nobody is named without need.
    qint64 decisions = 0; ///< At most this many…
    qint64 error = 0;     ///< …and at least this many fewer (space-saving's overestimate).
    qint64 denied = 0;

    bool operator==(const BusyKey &) const = default;
};

/// The busiest of all keys that it is told of, in memory that never grows (the space-saving algorithm of Metwally, Agrawal and El
/// Abbadi, 2005): of this half hour and the one before. A key of more than a sixteenth of all decisions is among them for certain.
/// The owner guards it.
class BusyKeys final
{
public:
    static constexpr qsizetype shown = 20; ///< Of a rule, by LimiterStatistics::busiest().

    void addAllowed(quint64 key, TimePoint now) { (void)count(key, now); }
    void addDenied(quint64 key, const QString &who, TimePoint now);

    /// In no order.
    QList<BusyKey> all(TimePoint now) const;

private:
    static constexpr std::chrono::minutes half {30};
    struct Slot
    {
        quint64 key = 0;
        quint32 count = 0;
        quint32 error = 0;
        quint32 denied = 0;
        QString who = {};
    };
    using Slots = std::array<Slot, 16>;

    Slot &count(quint64 key, TimePoint now);
    static qint64 halfOf(TimePoint now) { return now.time_since_epoch() / half; }

    qint64 m_half = 0; ///< That `m_now` is of.
    Slots m_now;
    Slots m_before;
};

} // namespace warder
