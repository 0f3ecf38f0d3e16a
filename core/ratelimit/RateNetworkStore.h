#pragma once

#include "core/base/Result.h"
#include "core/ratelimit/NetworkRule.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the table `rate_networks`. Each function runs on the caller's connection.
namespace RateNetworkStore {

/// In no order; also those that are over.
Result<QList<NetworkRule>> all(DbConnection &connection);
/// In place of one of the same network.
Result<void> put(DbConnection &connection, const NetworkRule &rule);
/// NotFound.
Result<void> remove(DbConnection &connection, Id id);
/// How many were over.
Result<qint64> removeOver(DbConnection &connection, TimePoint now);

} // namespace RateNetworkStore
} // namespace warder
