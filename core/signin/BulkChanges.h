#pragma once

#include "core/base/AccountAct.h"
#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

#include <QList>

namespace warder {

class AccountChanges;
class Accounts;
class Database;
class Sessions;
class Transaction;

/// What shall be done to each of many accounts.
struct BulkWish
{
    AccountAct act = AccountAct::Disable;
    QString role = {}; ///< Of AddRole and RemoveRole.
};

/// The same change for many accounts, piece by piece, so that others write in between. Waits for the writer; any lane.
class BulkChanges final
{
public:
    static constexpr qsizetype changedAtOnce = 100; ///< Accounts of one transaction: some 20 ms of the writer's time.

    BulkChanges(Database &database, Accounts &accounts, Sessions &sessions, AccountChanges &changes);

    /// InvalidInput with a fault at `roles` for a role that nobody may have, or one that is missing.
    static Result<void> check(const BulkWish &wish);

    /// In one transaction, for a piece of at most changedAtOnce. Whom it changed: not those that are so already, are deleted or gone, or
    /// have as many roles as one may have. EndSessions changes everybody whom it finds.
    Result<QList<Id>> apply(const QList<Id> &piece, const BulkWish &wish, const QString &actor, TimePoint now);

private:
    Result<bool> applyTo(Transaction &transaction, Id user, const BulkWish &wish, const QString &actor, TimePoint now);
    Result<bool> setRole(Transaction &transaction, Id user, const BulkWish &wish, const QString &actor, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Sessions &m_sessions;
    AccountChanges &m_changes;
};

} // namespace warder
