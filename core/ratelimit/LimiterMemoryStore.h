#pragma once

#include "core/base/Result.h"
#include "core/ratelimit/HeldBack.h"
#include "core/ratelimit/LimiterStatistics.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the tables `rate_counts` and `rate_waits`, by which a restart forgets little. Each function runs on the caller's connection.
namespace LimiterMemoryStore {

inline constexpr std::chrono::days minutesKept {1};
inline constexpr std::chrono::days hoursKept {30};

/// Those that are kept at `now`, oldest first.
Result<QList<KeptCount>> counts(DbConnection &connection, TimePoint now);
/// In place of those of the same rule and time.
Result<void> putCounts(DbConnection &connection, const QList<KeptCount> &counts);
Result<void> removeOldCounts(DbConnection &connection, TimePoint now);

/// Those that are not over.
Result<QList<KeptWait>> waits(DbConnection &connection, TimePoint now);
/// In place of all there are.
Result<void> replaceWaits(DbConnection &connection, const QList<KeptWait> &waits);

} // namespace LimiterMemoryStore
} // namespace warder
