#pragma once

#include "core/accounts/AccountListener.h"
#include "core/accounts/User.h"
#include "core/accounts/UserCache.h"
#include "core/accounts/UserCounts.h"
#include "core/accounts/UserStore.h"

#include <functional>

namespace warder {

class Database;
class Transaction;

/// A change of an account: members without a value stay as they are.
struct AccountEdit
{
    std::optional<QString> email = {};
    std::optional<QString> name = {};
    std::optional<QStringList> roles = {}; ///< All of them.
    QStringList addRoles = {};             ///< Beside those it has.
    QStringList removeRoles = {};
};

/// Finds and edits accounts; knows nothing of how people sign in. The only writer of the users table but for ImportWriting's inserts;
/// tells its listener of every change. Functions that take a Transaction join the caller's job on the writer; edit() waits for the
/// writer; the others read, on any thread.
class Accounts final
{
public:
    /// `search`: tests have smaller bounds.
    Accounts(Database &database, AccountListener &listener, const UserSearch::Bounds &search = {});

    /// NotFound when there is none. Mostly without the database.
    Result<User> findById(Id user) const;
    /// As the caller's transaction sees the account; mostly without the database.
    Result<User> findWithin(Transaction &transaction, Id user) const;
    Result<std::optional<User>> findByEmailWithin(Transaction &transaction, QStringView email) const;
    Result<std::optional<User>> findByEmail(QStringView email) const;
    /// Whose it is; null: nobody's. For whoever must not be told by the time whether there is one.
    Result<Id> ownerOf(QStringView email) const;

    /// See UserStore; count() see UserCounts.
    Result<UserStore::Page> page(const QString &contains, const QString &after, int limit, bool deleted = false) const;
    Result<UserStore::Page> pageBefore(const QString &contains, const QString &upTo, int limit, bool deleted = false) const;
    Result<qint64> count(const QString &contains = {}, bool deleted = false) const;
    Result<QList<Id>> idsOf(const QString &contains, bool deleted = false) const;

    /// What an admin or the owner changes. A new address is not verified; sessions stay, their next tokens carry what is new.
    /// NotFound, EmailTaken, InvalidInput with every fault. Nothing is written or recorded where nothing changes.
    Result<User> edit(Id user, const AccountEdit &edit, const QString &actor, TimePoint now);

    /// The same in the caller's job, for what goes along with it (AccountChanges::edit()); without a look at each fault.
    Result<User> editWithin(Transaction &transaction, Id user, const AccountEdit &edit, const QString &actor, TimePoint now);
    /// Every fault of an edit.
    static QList<Fault> faultsOf(const AccountEdit &edit);
    /// The owner chose this address and has proved that it is theirs. NotFound, EmailTaken, InvalidInput for a bad one.
    Result<User> moveTo(Transaction &transaction, Id user, const QString &email, TimePoint now);
    /// The owner has proved that the address is theirs. Recorded where that is new. NotFound.
    Result<User> verifyEmail(Transaction &transaction, Id user, TimePoint now);
    /// A mail to set the first password goes out now. NotFound.
    Result<User> noteInvitation(Transaction &transaction, Id user, TimePoint now);

    /// Adds an account with the address as typed, the name, the roles, the language, when it was invited, and the scheme of the password
    /// that the caller stores with it; id and times are made here. InvalidInput for a bad address, EmailTaken.
    Result<User> insert(Transaction &transaction, const User &wanted, const QString &actor, TimePoint now);
    /// For many whose rows the caller writes: they are told as one.
    void announceImport(Transaction &transaction, qint64 count) const;
    /// Of an import that is taken back: removes those that nobody has signed in to, and tells nobody (announceImport()). How many went.
    Result<qint64> removeUnused(Transaction &transaction, const QList<Id> &users);

    Result<void> setDisabled(Transaction &transaction, Id user, bool disabled, TimePoint now);
    /// Out of reach from now on, and for good at `goesAt`; nothing: as any other again.
    Result<User> setDeleted(Transaction &transaction, Id user, std::optional<TimePoint> goesAt, TimePoint now);
    /// InvalidCredentials when the account was disabled, deleted or removed since it was read. Sessions tell of it. `language`: what their
    /// browser asks for; empty where it does not say.
    Result<void> noteSignIn(Transaction &transaction, Id user, const QString &language, TimePoint now);
    Result<void> remove(Transaction &transaction, Id user);

    /// Runs `write`, which changes what a User shows: nobody is given an older copy after it, and the listener is told. `updatedAt`:
    /// absent for what the owner would not call a change. NotFound, and what `write` refuses.
    Result<User> change(Transaction &transaction, Id user, std::optional<TimePoint> updatedAt, const std::function<Result<void>()> &write);

private:
    void beginChange(Transaction &transaction, Id user);
    /// What searches have counted is not true after this transaction.
    void forgetCounts(Transaction &transaction) const;

    Database &m_database;
    AccountListener &m_listener;
    mutable UserCache m_cache;
    mutable UserCounts m_counts;
};

} // namespace warder
