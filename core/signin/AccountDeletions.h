#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"

#include <optional>

namespace warder {

class Accounts;
class Database;
class LiveSettings;
class Sessions;
class Transaction;

/// Accounts that an admin deletes. They stay for as long as `accounts.delete_after` said at that moment: out of everybody's reach, with
/// their address taken and their sessions ended, and restore() gives them back as they were. After that they go with all that is theirs.
/// What owners delete themselves goes at once (AccountChanges::removeOwn()). Waits for the writer; any lane.
class AccountDeletions final
{
public:
    static constexpr int removedAtOnce = 50; ///< Accounts of one transaction: each takes its sessions and credentials along.

    AccountDeletions(Database &database, Accounts &accounts, Sessions &sessions, const LiveSettings &settings);

    /// Sessions, sign-ins under way, links of mails and trusted browsers end. NotFound; of one that is deleted already its date stays.
    /// `seen`: see AccountChanges::setDisabled().
    Result<User> markDeleted(Id user, const QString &actor, TimePoint now, std::optional<qint64> seen = {});
    /// As it was, but for what ended. NotFound; Conflict where it is not deleted.
    Result<User> restore(Id user, const QString &actor, TimePoint now);

    /// Removes those whose time is over, for good, at most removedAtOnce; how many. For Housekeeping, until there are none.
    Result<qint64> removeDue(TimePoint now);

private:
    Result<User> markWithin(Transaction &transaction, Id user, const QString &actor, TimePoint now, std::optional<qint64> seen);
    Result<User> restoreWithin(Transaction &transaction, Id user, const QString &actor, TimePoint now);
    Result<void> removeWithin(Transaction &transaction, Id user, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Sessions &m_sessions;
    const LiveSettings &m_settings;
};

} // namespace warder
