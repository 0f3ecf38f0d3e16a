#include "core/credentials/Passwords.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/credentials/PasswordFaults.h"
#include "core/credentials/PasswordGuesses.h"
#include "core/credentials/PasswordStore.h"
#include "core/crypto/Bcrypt.h"
#include "core/crypto/PasswordHasher.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

Passwords::Passwords(Database &database, const PasswordHasher &hasher, Accounts &accounts, PasswordPolicy policy)
    : m_database(database), m_hasher(hasher), m_accounts(accounts), m_policy(std::move(policy))
{}

std::optional<Fault> Passwords::faultOf(const QString &field, const QString &password, const QString &email, const QString &name) const
{
    if (auto fault = passwordFault(field, password, m_policy.minLength))
        return fault;
    if (!m_hasher.takes(password)) // the algorithm takes less than the policy
        return tooLongFault(field, bcryptLimit, u"bytes"_s);
    // Only so many words are looked at, and an address or a name may have more.
    return guessableFault(field, password, m_policy.ownWords + wordsOf(email, name), m_policy.minGuesses);
}

Result<QString> Passwords::hash(const QString &password) const { return m_hasher.hash(password); }

Result<QString> Passwords::hashFor(const QString &field, const QString &password, Id user) const
{
    const auto owner = m_accounts.findById(user);
    if (!owner)
        return refused(owner);
    if (const auto fault = faultOf(field, password, owner->email, owner->name))
        return std::unexpected(unacceptable({*fault}));
    return hash(password);
}

Result<ProvenPassword> Passwords::check(Id user, QStringView password) const
{
    const auto stored = PasswordStore::findOr(m_database.reader(), user, m_hasher.hashOfNobody());
    if (!stored)
        return refused(stored);
    const auto fits = m_hasher.verify(password, stored->hash);
    if (!fits)
        return refused(fits);
    if (stored->hash == m_hasher.hashOfNobody())
        return refused(ErrorCode::InvalidCredentials, u"the account has no password"_s);
    if (!*fits)
        return refused(ErrorCode::InvalidCredentials, u"wrong password"_s);
    return ProvenPassword {.user = user, .setAt = stored->setAt, .hash = stored->hash, .mustChange = stored->mustChange};
}

void Passwords::improve(const ProvenPassword &proven, const QString &password)
{
    if (!m_hasher.needsUpgrade(proven.hash))
        return;
    if (const auto better = m_hasher.hash(password)) {
        // The former hash is as good as ever: where the better one cannot be written, the next sign-in tries again.
        (void)m_database.write([&](Transaction &transaction) {
            return m_accounts.change(transaction, proven.user, std::nullopt,
                                     [&] { return PasswordStore::rehash(transaction, proven.user, proven.hash, *better); });
        });
    }
}

Result<void> Passwords::insert(Transaction &transaction, Id user, const QString &hash, TimePoint now)
{
    return PasswordStore::insert(transaction, user, hash, now);
}

Result<void> Passwords::set(Transaction &transaction, Id user, const QString &hash, TimePoint now, bool mustChange)
{
    const auto there = m_accounts.findWithin(transaction, user); // or its row would have nobody to belong to
    if (!there)
        return refused(there);
    return m_accounts.change(transaction, user, now, [&] { return PasswordStore::replace(transaction, user, hash, now, mustChange); })
        .transform([](const User &) {});
}

Result<void> Passwords::noteUse(Transaction &transaction, const ProvenPassword &proven, TimePoint now)
{
    const auto noted = PasswordStore::noteUse(transaction, proven.user, proven.setAt, now);
    if (!noted)
        return refused(noted);
    if (!*noted)
        return refused(ErrorCode::InvalidCredentials, u"the password changed while its owner signed in"_s);
    return {};
}

} // namespace warder
