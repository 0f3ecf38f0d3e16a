#pragma once

#include "core/credentials/Identity.h"
#include "core/credentials/IdentityStore.h"
#include "core/federation/ForeignIdentity.h"

namespace warder {

class Database;
class Transaction;

/// People's accounts at providers. Nobody else writes their table. Functions that take a Transaction join the caller's job;
/// removeOfProvider() waits for the writer; the others read. Any lane.
class Identities final
{
public:
    static constexpr qint64 mostOfUser = 20;

    explicit Identities(Database &database) : m_database(database) {}

    /// Whose it is here.
    static Result<std::optional<Identity>> find(Transaction &transaction, const ForeignIdentity &foreign);

    /// It signs in to this account from now on. IdentityTaken where it is somebody's, this account's or another's; FactorLimit.
    static Result<Identity> link(Transaction &transaction, Id user, const QString &provider, const ForeignIdentity &foreign,
                                 const QString &actor, TimePoint now);
    /// It was used: what the provider says of it now is kept.
    static Result<Identity> noteUse(Transaction &transaction, const Identity &known, const QString &provider,
                                    const ForeignIdentity &foreign, TimePoint now);
    /// InvalidCredentials where it was removed since it was used.
    static Result<void> checkThere(Transaction &transaction, const Identity &identity);
    /// What it was. NotFound. Called by IdentityChanges, since more goes along with it.
    static Result<Identity> remove(Transaction &transaction, Id user, Id identity, const QString &actor, TimePoint now);

    /// Oldest first, those of providers that are turned off among them.
    Result<QList<Identity>> findByUser(Id user) const;
    Result<QList<IdentityStore::OfProvider>> countByProvider() const;

    /// All of a provider's, in pieces, so that others write in between; how many there were.
    Result<qint64> removeOfProvider(const QString &provider);

private:
    Database &m_database;
};

} // namespace warder
