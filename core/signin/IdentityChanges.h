#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/credentials/Identity.h"
#include "core/federation/ForeignIdentity.h"
#include "core/federation/Provider.h"

namespace warder {

class AccountMails;
class Accounts;
class Database;
class Identities;
class Providers;
class Transaction;
class WaysIn;

/// What goes, or would go, with a provider.
struct ProviderRemoval
{
    qint64 identities = 0; ///< Accounts of people there that sign in here.
    qint64 onlyWayIn = 0;  ///< Accounts here that nobody can sign in to without it.
};

/// Accounts at providers come and go, each with all that goes along in one transaction: sign-ins that are under way begin anew, and the
/// owner gets a mail. Wait for the writer; any lane.
class IdentityChanges final
{
public:
    IdentityChanges(Database &database, Accounts &accounts, Identities &identities, Providers &providers, const WaysIn &waysIn,
                    AccountMails &mails);

    /// It signs in to this account from now on. IdentityTaken, FactorLimit. Joins the caller's job.
    Result<Identity> link(Transaction &transaction, const User &user, const Provider &provider, const ForeignIdentity &foreign,
                          TimePoint now);

    /// NotFound; LastSignInMethod where nothing else signs in. `actor`: "user", or whose order it is.
    Result<void> remove(Id user, Id identity, const QString &actor, TimePoint now);

    /// What removing a provider would take. NotFound. Reads all of the provider's identities.
    Result<ProviderRemoval> removalOf(const QString &provider) const;
    /// Turns it off, then takes its identities, in pieces, and itself. NotFound. Nobody is written: they may be many.
    Result<ProviderRemoval> removeProvider(const QString &provider, const QString &actor, TimePoint now);

private:
    QString labelOf(const QString &provider) const;

    Database &m_database;
    Accounts &m_accounts;
    Identities &m_identities;
    Providers &m_providers;
    const WaysIn &m_waysIn;
    AccountMails &m_mails;
};

} // namespace warder
