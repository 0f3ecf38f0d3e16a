#pragma once

#include "core/base/Result.h"
#include "core/federation/Provider.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the table `oauth_providers`. Each function runs on the caller's connection.
namespace ProviderStore {

/// Conflict when the name is there already.
Result<void> insert(DbConnection &connection, const Provider &provider);
Result<std::optional<Provider>> find(DbConnection &connection, const QString &name);
/// By label.
Result<QList<Provider>> all(DbConnection &connection);
Result<qint64> count(DbConnection &connection);

/// All that an admin may change, as `provider` has it. NotFound.
Result<void> update(DbConnection &connection, const Provider &provider);
/// It brought somebody. NotFound when there is none of that name any more, or it is turned off.
Result<void> noteSignIn(DbConnection &connection, const QString &name, TimePoint now);
/// NotFound.
Result<void> remove(DbConnection &connection, const QString &name);

} // namespace ProviderStore
} // namespace warder
