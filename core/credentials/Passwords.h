#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/credentials/PasswordPolicy.h"

namespace warder {

class Accounts;
class Database;
class PasswordHasher;
class Transaction;

/// A password that was right, and which one of its account's it was.
struct ProvenPassword
{
    Id user;
    TimePoint setAt;
    QString hash;            ///< As it was read.
    bool mustChange = false; ///< It is good for the choice of another one, and nothing else.
};

/// People's passwords: the rules for new ones, their hashes, their check. Nobody else writes passwords but AccountImport, which brings
/// hashes, and MailSignIn, which takes a stranger's away; a change of one tells the account's listener. Functions that hash or check take
/// tens of milliseconds: a hashing lane. Functions that take a Transaction join the caller's job on the writer.
class Passwords final
{
public:
    Passwords(Database &database, const PasswordHasher &hasher, Accounts &accounts, PasswordPolicy policy);

    const PasswordPolicy &policy() const { return m_policy; }

    /// What is wrong with a new password: its length (bcrypt takes less than the policy), its characters, or how easily it is guessed by
    /// somebody who knows the account. Not on an HTTP thread: guessing takes a moment.
    std::optional<Fault> faultOf(const QString &field, const QString &password, const QString &email, const QString &name) const;
    /// The hash of a password that has no fault.
    Result<QString> hash(const QString &password) const;
    /// The hash of a new password for this account; InvalidInput with a fault at `field`.
    Result<QString> hashFor(const QString &field, const QString &password, Id user) const;

    /// InvalidCredentials when it is not this account's password, or the account has none, or there is no such account: the same work.
    Result<ProvenPassword> check(Id user, QStringView password) const;
    /// Replaces the hash if it is weaker than the policy, or foreign. Waits for the writer. A failure is no reason to refuse somebody
    /// with the right password.
    void improve(const ProvenPassword &proven, const QString &password);

    /// Of an account that this transaction has added, which tells of it.
    Result<void> insert(Transaction &transaction, Id user, const QString &hash, TimePoint now);
    /// NotFound when there is no such account. `mustChange`: its owner has to choose another one before they sign in.
    Result<void> set(Transaction &transaction, Id user, const QString &hash, TimePoint now, bool mustChange = false);
    /// InvalidCredentials when the password was set anew since it was checked.
    Result<void> noteUse(Transaction &transaction, const ProvenPassword &proven, TimePoint now);

private:
    Database &m_database;
    const PasswordHasher &m_hasher;
    Accounts &m_accounts;
    const PasswordPolicy m_policy;
};

} // namespace warder
