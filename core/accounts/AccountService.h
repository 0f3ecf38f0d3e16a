#pragma once

#include "core/accounts/AccountListener.h"
#include "core/accounts/UserCache.h"
#include "core/base/Result.h"

#include <QList>

class QHostAddress;

namespace warder {

class Database;
class PasswordHasher;
class Transaction;

/// What a person types to sign in.
struct Credentials
{
    QString email;
    QString password;
};

struct NewAccount
{
    QString email;
    QString password; ///< Empty only with `passwordHash`.
    QString name = {};
    QStringList roles = {};
    QString passwordHash = {}; ///< An imported hash of a supported format, for people who come from elsewhere.
};

/// What an account shall be other than it is; what is absent stays.
struct AccountEdit
{
    std::optional<QString> email = {};
    std::optional<QString> name = {};
    std::optional<QStringList> roles = {}; ///< All of them.
    QStringList addRoles = {};             ///< Beside those it has.
    QStringList removeRoles = {};
};

/// What an account must be like.
struct AccountPolicy
{
    int minPasswordLength = 8;                         ///< Characters of the NFC form; the maximum is 1024 bytes.
    qint64 minGuesses = 1'000'000;                     ///< What a new password must withstand; 0: anything.
    QStringList ownWords = {QStringLiteral("warder")}; ///< What is guessed first here: the product, the host's name.
    bool registrationOpen = true;
};

/// Creates, finds and edits accounts and checks passwords. The only writer of the users table, and tells its listener of every
/// change. Reading functions: any thread. Hashing ones: a hashing lane. Functions that take a Transaction join the caller's job on
/// the writer; the others that write wait for the writer.
class AccountService final
{
public:
    AccountService(Database &database, const PasswordHasher &hasher, AccountPolicy policy, AccountListener &listener);

    const AccountPolicy &policy() const { return m_policy; }

    /// Every fault of what was given at once, with locations ["body", field]: e-mail form; the password's length, characters
    /// and how easily it is guessed; name. The password itself is in no fault. Not on an HTTP thread: guessing takes a moment.
    QList<Fault> faultsOf(const NewAccount &given) const;

    /// Creates an account; EmailTaken, InvalidInput. Used by registration, the console and the command line.
    Result<User> create(const NewAccount &given, const QString &actor, TimePoint now);
    /// The two halves of create() for callers with a transaction of their own: the slow one first, outside.
    Result<QString> hashFor(const NewAccount &given) const;
    Result<User> insert(Transaction &transaction, const NewAccount &given, const QString &hash, const QString &actor, TimePoint now);

    /// Right password of a known account, or InvalidCredentials; AccountDisabled only after a right password. Replaces a
    /// weaker or foreign hash. Unknown accounts cost the same time.
    Result<User> authenticate(const Credentials &given, TimePoint now);
    /// InvalidCredentials when it is not this user's password.
    Result<void> checkPassword(Id user, QStringView password) const;
    /// A hash of a new password for this user; InvalidInput with a fault at `field` when the policy forbids it.
    Result<QString> hashPassword(const QString &field, const QString &password, Id user) const;
    /// Whether the account has signed in from this address before (failed tries from there are its owner's), as the limiter counts
    /// addresses: IPv6 by /64.
    Result<bool> knowsAddress(const QString &email, const QHostAddress &address) const;

    /// NotFound when there is none. Mostly without the database.
    Result<User> findById(Id user) const;
    /// As the caller's transaction sees the account; mostly without the database.
    Result<User> findWithin(Transaction &transaction, Id user) const;
    Result<std::optional<User>> findByEmail(QStringView email) const;

    /// One page by e-mail, starting after `after` (the last e-mail key of the page before), filtered by a part of the
    /// e-mail or name; at most `limit` (1–500) rows. Never counts rows.
    struct Page
    {
        QList<User> users;
        QString next; ///< Empty at the end.
    };
    Result<Page> page(const QString &contains, const QString &after, int limit) const;

    /// How many page() lists for `contains`; of all of them without a scan.
    Result<qint64> count(const QString &contains = {}) const;

    /// What an admin or the owner changes. A new address is not verified; sessions stay, their next tokens carry what is new.
    /// NotFound, EmailTaken, InvalidInput with every fault. Nothing is written or recorded where nothing changes.
    Result<User> edit(Id user, const AccountEdit &edit, const QString &actor, TimePoint now);

    /// Joined by SessionService, which ends sessions in the same transaction.
    Result<void> storePassword(Transaction &transaction, Id user, const QString &hash, TimePoint now);
    Result<void> storeDisabled(Transaction &transaction, Id user, bool disabled, TimePoint now);
    /// InvalidCredentials when the account was disabled, removed or given a new password since `user` was read.
    Result<void> storeSignIn(Transaction &transaction, const User &user, const QHostAddress &address, TimePoint now);
    Result<void> remove(Transaction &transaction, Id user);
    /// Joined by AccountImport, whose rows nobody has seen yet.
    void announceImport(Transaction &transaction, qint64 count) const;

private:
    std::optional<Fault> faultOf(const QString &field, const QString &password, const QStringList &words) const;
    Result<QString> hashed(const QString &field, const QString &password) const;
    Result<User> storeEdit(Transaction &transaction, Id user, const AccountEdit &edit, const QString &actor, TimePoint now);
    void beginChange(Transaction &transaction, Id user);
    Result<User> announceChange(Transaction &transaction, Id user);

    Database &m_database;
    const PasswordHasher &m_hasher;
    AccountPolicy m_policy;
    AccountListener &m_listener;
    mutable UserCache m_cache;
};

} // namespace warder
