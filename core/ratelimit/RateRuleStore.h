#pragma once

#include "core/base/Result.h"
#include "core/ratelimit/RateRule.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the table `rate_rules`. Each function runs on the caller's connection.
namespace RateRuleStore {

/// In the order they came. What they count is not stored: of Warder's own the code knows it, all others count requests.
Result<QList<RateRule>> all(DbConnection &connection);
/// Whether it is there or not.
Result<void> put(DbConnection &connection, const RateRule &rule, TimePoint now);
/// Also where there is none.
Result<void> remove(DbConnection &connection, const QString &name);

} // namespace RateRuleStore
} // namespace warder
