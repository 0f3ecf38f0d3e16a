#include "core/accounts/AccountService.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/EmailAddress.h"
#include "core/accounts/PasswordGuesses.h"
#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/crypto/Bcrypt.h"
#include "core/crypto/PasswordHasher.h"
#include "core/storage/Database.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Error invalid(QList<Fault> faults)
{
    return {.code = ErrorCode::InvalidInput, .detail = u"the account's values are not acceptable"_s, .faults = std::move(faults)};
}

Fault unknownHash()
{
    return {.type = u"value_error"_s,
            .location = {u"body"_s, u"password_hash"_s},
            .message = u"Value error, not an Argon2 or bcrypt hash"_s,
            .context = {{u"reason"_s, u"not an Argon2 or bcrypt hash"_s}}};
}

/// The account that is typed so.
Result<std::optional<Account>> accountOf(DbConnection &connection, QStringView typed)
{
    for (const QString &key : EmailAddress::keysOf(typed)) {
        auto found = UserStore::findByEmailKey(connection, key);
        if (!found || found->has_value())
            return found;
    }
    return std::nullopt;
}

Result<User> rowOf(DbConnection &connection, Id user)
{
    const auto found = UserStore::findById(connection, user);
    if (!found)
        return refused(found);
    return *found ? Result<User>((*found)->user) : refused(ErrorCode::NotFound, u"no such user"_s);
}

/// EmailTaken if somebody else's account is typed so. The unique key cannot know one that an earlier version stored under another.
Result<void> untaken(DbConnection &connection, QStringView typed, Id own)
{
    const auto twin = accountOf(connection, typed);
    if (!twin)
        return refused(twin);
    if (twin->has_value() && (*twin)->user.id != own)
        return refused(ErrorCode::EmailTaken, u"the e-mail address is taken"_s);
    return {};
}

QList<Fault> faultsOf(const AccountEdit &edit)
{
    QList<Fault> faults;
    if (const auto fault = edit.email ? emailFault(u"email"_s, *edit.email) : std::nullopt)
        faults += *fault;
    if (const auto fault = edit.name ? nameFault(u"name"_s, *edit.name) : std::nullopt)
        faults += *fault;
    if (const auto fault = rolesFault(u"roles"_s, edit.roles.value_or(QStringList()) + edit.addRoles))
        faults += *fault;
    return faults;
}

QStringList rolesAfter(QStringList roles, const AccountEdit &edit)
{
    roles = edit.roles.value_or(roles) + edit.addRoles;
    roles.removeIf([&edit](const QString &role) { return edit.removeRoles.contains(role); });
    roles.removeDuplicates();
    return roles;
}

/// For the record: what is new, by its name, and the address it had.
QJsonObject differences(const User &before, const User &after)
{
    QJsonObject changed;
    if (after.email != before.email)
        changed = {{u"email"_s, after.email}, {u"email_before"_s, before.email}};
    if (after.name != before.name)
        changed.insert("name"_L1, after.name);
    if (after.roles != before.roles)
        changed.insert("roles"_L1, QJsonArray::fromStringList(after.roles));
    return changed;
}

} // namespace

AccountService::AccountService(Database &database, const PasswordHasher &hasher, AccountPolicy policy, AccountListener &listener)
    : m_database(database), m_hasher(hasher), m_policy(policy), m_listener(listener)
{}

QList<Fault> AccountService::faultsOf(const NewAccount &given) const
{
    QList<Fault> faults;
    if (const auto fault = emailFault(u"email"_s, given.email))
        faults += *fault;
    if (given.passwordHash.isEmpty()) {
        if (const auto fault = faultOf(u"password"_s, given.password, wordsOf(given.email, given.name)))
            faults += *fault;
    } else if (!PasswordHasher::isSupported(given.passwordHash)) {
        faults += unknownHash();
    }
    if (const auto fault = nameFault(u"name"_s, given.name))
        faults += *fault;
    if (const auto fault = rolesFault(u"roles"_s, given.roles))
        faults += *fault;
    return faults;
}

Result<QString> AccountService::hashFor(const NewAccount &given) const
{
    if (const auto faults = faultsOf(given); !faults.isEmpty())
        return std::unexpected(invalid(faults));
    return given.passwordHash.isEmpty() ? hashed(u"password"_s, given.password) : Result<QString>(given.passwordHash);
}

Result<User> AccountService::insert(Transaction &transaction, const NewAccount &given, const QString &hash, const QString &actor,
                                    TimePoint now)
{
    const auto email = EmailAddress::parse(given.email);
    if (!email)
        return refused(ErrorCode::InvalidInput, email.error());
    if (const auto free = untaken(transaction, given.email, {}); !free)
        return refused(free);
    const User user {.id = Id::create(now),
                     .email = email->text,
                     .name = tidyName(given.name),
                     .roles = given.roles,
                     .createdAt = now,
                     .updatedAt = now,
                     .lastSignInAt = {},
                     .passwordChangedAt = now,
                     .passwordScheme = PasswordHasher::schemeOf(hash)};
    if (const auto done = UserStore::insert(transaction, {.user = user, .passwordHash = hash}, email->key); !done)
        return refused(done);
    const auto type = actor == "user"_L1 ? audit::userRegistered : audit::userCreated;
    const auto noted = AuditStore::append(
        transaction, {.at = now, .type = type, .actor = actor, .subject = user.id, .details = {{u"email"_s, user.email}}});
    if (!noted)
        return refused(noted);
    transaction.afterCommit([this, user] { m_listener.userCreated(user); });
    return user;
}

Result<User> AccountService::create(const NewAccount &given, const QString &actor, TimePoint now)
{
    const auto hash = hashFor(given);
    if (!hash)
        return refused(hash);
    return m_database.write([&](Transaction &transaction) { return insert(transaction, given, *hash, actor, now); });
}

Result<User> AccountService::authenticate(const Credentials &given, TimePoint now)
{
    Q_UNUSED(now)
    const auto found = accountOf(m_database.reader(), given.email);
    if (!found)
        return refused(found);
    if (!found->has_value()) {
        m_hasher.verifyNobody(given.password);
        return refused(ErrorCode::InvalidCredentials, u"unknown account"_s);
    }
    const Account &account = **found;
    const auto fits = m_hasher.verify(given.password, account.passwordHash);
    if (!fits)
        return refused(fits);
    if (!*fits)
        return refused(ErrorCode::InvalidCredentials, u"wrong password"_s);
    if (account.user.disabled)
        return refused(ErrorCode::AccountDisabled, u"account disabled"_s);
    if (m_hasher.needsUpgrade(account.passwordHash)) {
        // A failed upgrade is no reason to refuse somebody with the right password.
        if (const auto better = m_hasher.hash(given.password))
            (void)m_database.write([&](Transaction &transaction) {
                beginChange(transaction, account.user.id);
                return UserStore::replaceHash(transaction, account.user.id, account.passwordHash, *better).and_then([&] {
                    return announceChange(transaction, account.user.id);
                });
            });
    }
    return account.user;
}

Result<void> AccountService::checkPassword(Id user, QStringView password) const
{
    const auto found = UserStore::findById(m_database.reader(), user);
    if (!found)
        return refused(found);
    if (!found->has_value())
        return refused(ErrorCode::NotFound, u"no such user"_s);
    const auto fits = m_hasher.verify(password, (*found)->passwordHash);
    if (!fits)
        return refused(fits);
    if (!*fits)
        return refused(ErrorCode::InvalidCredentials, u"wrong password"_s);
    return {};
}

/// Before the row is written: no copy of it is kept until the transaction is over.
void AccountService::beginChange(Transaction &transaction, Id user)
{
    m_cache.beginChange(user);
    transaction.afterEnd([this, user](bool) { m_cache.endChange(user); });
}

/// Of a row that the transaction has written; the user as it is now.
Result<User> AccountService::announceChange(Transaction &transaction, Id user)
{
    const auto changed = findWithin(transaction, user);
    if (changed)
        transaction.afterCommit([this, user = *changed] { m_listener.userChanged(user); });
    return changed;
}

void AccountService::announceImport(Transaction &transaction, qint64 count) const
{
    transaction.afterCommit([this, count] { m_listener.usersImported(count); });
}

Result<User> AccountService::findById(Id user) const
{
    if (const auto known = m_cache.find(user))
        return *known;
    const quint64 moment = m_cache.moment(user);
    const auto found = rowOf(m_database.reader(), user);
    if (found)
        m_cache.keep(*found, moment);
    return found;
}

Result<User> AccountService::findWithin(Transaction &transaction, Id user) const
{
    const auto known = m_cache.find(user);
    return known ? *known : rowOf(transaction, user);
}

Result<std::optional<User>> AccountService::findByEmail(QStringView email) const
{
    const auto found = accountOf(m_database.reader(), email);
    if (!found)
        return refused(found);
    return found->transform([](const Account &account) { return account.user; });
}

Result<AccountService::Page> AccountService::page(const QString &contains, const QString &after, int limit) const
{
    const int most = std::clamp(limit, 1, 500);
    const auto rows = UserStore::page(m_database.reader(), contains, after, most);
    if (!rows)
        return refused(rows);
    Page page;
    for (const auto &row : *rows)
        page.users += row.user;
    if (rows->size() == most)
        page.next = rows->last().emailKey;
    return page;
}

Result<qint64> AccountService::count(const QString &contains) const { return UserStore::count(m_database.reader(), contains); }

Result<bool> AccountService::knowsAddress(const QString &email, const QHostAddress &address) const
{
    for (const QString &key : EmailAddress::keysOf(email)) {
        if (auto known = UserStore::knowsAddress(m_database.reader(), key, address); !known || *known)
            return known;
    }
    return false;
}

Result<User> AccountService::edit(Id user, const AccountEdit &edit, const QString &actor, TimePoint now)
{
    if (const auto faults = warder::faultsOf(edit); !faults.isEmpty())
        return std::unexpected(invalid(faults));
    return m_database.write([&](Transaction &transaction) { return storeEdit(transaction, user, edit, actor, now); });
}

Result<User> AccountService::storeEdit(Transaction &transaction, Id user, const AccountEdit &edit, const QString &actor, TimePoint now)
{
    const auto found = rowOf(transaction, user);
    if (!found)
        return found;
    const User &before = *found;
    const auto address = edit.email ? EmailAddress::parse(*edit.email) : EmailAddress {.text = before.email, .key = {}};
    if (!address)
        return refused(ErrorCode::InvalidInput, address.error());
    if (const auto free = edit.email ? untaken(transaction, *edit.email, user) : Result<void>(); !free)
        return refused(free);
    User after = before;
    after.email = address->text;
    after.name = edit.name ? tidyName(*edit.name) : before.name;
    after.roles = rolesAfter(before.roles, edit);
    after.updatedAt = now;
    if (const auto fault = rolesFault(u"roles"_s, after.roles)) // many and many more
        return std::unexpected(invalid({*fault}));
    const QJsonObject changed = differences(before, after);
    if (changed.isEmpty())
        return before;
    beginChange(transaction, user);
    if (const auto stored = UserStore::updateProfile(transaction, after, address->key); !stored)
        return refused(stored);
    return AuditStore::append(transaction, {.at = now, .type = audit::userChanged, .actor = actor, .subject = user, .details = changed})
        .and_then([&] { return announceChange(transaction, user); });
}

std::optional<Fault> AccountService::faultOf(const QString &field, const QString &password, const QStringList &words) const
{
    if (auto fault = passwordFault(field, password, m_policy.minPasswordLength))
        return fault;
    return guessableFault(field, password, words + m_policy.ownWords, m_policy.minGuesses);
}

Result<QString> AccountService::hashPassword(const QString &field, const QString &password, Id user) const
{
    const auto owner = findById(user);
    if (!owner)
        return refused(owner);
    if (const auto fault = faultOf(field, password, wordsOf(owner->email, owner->name)))
        return std::unexpected(invalid({*fault}));
    return hashed(field, password);
}

Result<QString> AccountService::hashed(const QString &field, const QString &password) const
{
    auto hash = m_hasher.hash(password);
    if (!hash && hash.error().code == ErrorCode::InvalidInput) // the algorithm takes less than the policy
        return std::unexpected(invalid({passwordTooLongFault(field, bcryptLimit)}));
    return hash;
}

Result<void> AccountService::storePassword(Transaction &transaction, Id user, const QString &hash, TimePoint now)
{
    beginChange(transaction, user);
    return UserStore::updatePassword(transaction, user, hash, now)
        .and_then([&] { return announceChange(transaction, user); })
        .transform([](const User &) {});
}

Result<void> AccountService::storeDisabled(Transaction &transaction, Id user, bool disabled, TimePoint now)
{
    beginChange(transaction, user);
    return UserStore::updateDisabled(transaction, user, disabled, now)
        .and_then([&] { return announceChange(transaction, user); })
        .transform([](const User &) {});
}

Result<void> AccountService::storeSignIn(Transaction &transaction, const User &user, const QHostAddress &address, TimePoint now)
{
    beginChange(transaction, user.id);
    return UserStore::noteSignIn(transaction, user, address, now);
}

Result<void> AccountService::remove(Transaction &transaction, Id user)
{
    beginChange(transaction, user);
    transaction.afterCommit([this, user] { m_listener.userRemoved(user); });
    return UserStore::remove(transaction, user);
}

} // namespace warder
