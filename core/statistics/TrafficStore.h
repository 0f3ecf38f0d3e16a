#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/telemetry/TrafficCounts.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the table `traffic_counts`. Each function runs on the caller's connection.
namespace TrafficStore {

/// The lengths of the steps that are kept.
inline constexpr Seconds byMinute {60};
inline constexpr Seconds byHour {3600};

/// Those of one length that begin from `from` to `to`, oldest first.
Result<QList<TrafficStep>> find(DbConnection &connection, Seconds length, TimePoint from, TimePoint to);

struct Kept
{
    QList<TrafficStep> steps;
    Id batch = {}; ///< What noteBatch() said last; null where it never did, and where there are no steps.
};
/// The same, both of one moment.
Result<Kept> findKept(DbConnection &connection, Seconds length, TimePoint from, TimePoint to);
/// With what is added in this transaction, so that who reads knows whether that is on disk.
Result<void> noteBatch(DbConnection &connection, Id batch);

/// Adds counts to those of the step that they are in; levels take the place of its levels.
Result<void> add(DbConnection &connection, Seconds length, const TrafficStep &more);

/// Removes those of both lengths that begin after `after` and not after `until`.
Result<void> removeBetween(DbConnection &connection, TimePoint after, TimePoint until);

/// Removes those of one length that lie furthest from `now`, before it or ahead of it, until `most` are left.
Result<void> removeFurthest(DbConnection &connection, Seconds length, qint64 most, TimePoint now);

} // namespace TrafficStore
} // namespace warder
