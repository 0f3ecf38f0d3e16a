#pragma once

#include "core/base/Result.h"
#include "core/credentials/Identity.h"

#include <QList>

namespace warder {

class DbConnection;

/// The SQL of the table `identities`. Each function runs on the caller's connection.
namespace IdentityStore {

/// How many identities are a provider's.
struct OfProvider
{
    QString provider;
    qint64 identities = 0;
};

/// Conflict when somebody has this issuer and subject already.
Result<void> insert(DbConnection &connection, const Identity &identity);
Result<std::optional<Identity>> findBySubject(DbConnection &connection, const QString &issuer, const QString &subject);
Result<std::optional<Identity>> findById(DbConnection &connection, Id user, Id identity);
/// Oldest first.
Result<QList<Identity>> findByUser(DbConnection &connection, Id user);
Result<qint64> countByUser(DbConnection &connection, Id user);
/// Those whose provider is not turned off.
Result<qint64> countUsable(DbConnection &connection, Id user);
/// Of each that has some. Reads an index of the table.
Result<QList<OfProvider>> countByProvider(DbConnection &connection);

/// How many accounts have identities of this provider, and no password, no passkey of that host, and no identity of another provider that
/// is not turned off. Looks at each of the provider's.
Result<qint64> countOnlyBy(DbConnection &connection, const QString &provider, const QString &rpId);

/// Provider, address and last use, as `identity` has them. NotFound.
Result<void> updateUse(DbConnection &connection, const Identity &identity);
/// NotFound when it is none of the user's.
Result<void> remove(DbConnection &connection, Id user, Id identity);
/// All of a user; how many went.
Result<qint64> removeByUser(DbConnection &connection, Id user);
/// Some of a provider's, at most `limit`; how many went.
Result<qint64> removeByProvider(DbConnection &connection, const QString &provider, int limit);

} // namespace IdentityStore
} // namespace warder
