#include "core/accounts/Accounts.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/EmailAddress.h"
#include "core/audit/AuditStore.h"
#include "core/storage/Database.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What `find` finds of the account that is typed so.
template <typename Found>
Result<std::optional<Found>> foundBy(Result<std::optional<Found>> (*find)(DbConnection &, const QString &), DbConnection &connection,
                                     QStringView typed)
{
    for (const QString &key : EmailAddress::keysOf(typed)) {
        auto found = find(connection, key);
        if (!found || found->has_value())
            return found;
    }
    return std::nullopt;
}

Result<std::optional<User>> accountOf(DbConnection &connection, QStringView typed)
{
    return foundBy(&UserStore::findByEmailKey, connection, typed);
}

Result<User> rowOf(DbConnection &connection, Id user)
{
    const auto found = UserStore::findById(connection, user);
    if (!found)
        return refused(found);
    return *found ? Result<User>(**found) : refused(ErrorCode::NotFound, u"no such user"_s);
}

/// EmailTaken if somebody else's account is typed so. The unique key cannot know one that an earlier version stored under another.
Result<void> untaken(DbConnection &connection, QStringView typed, Id own)
{
    const auto twin = accountOf(connection, typed);
    if (!twin)
        return refused(twin);
    if (twin->has_value() && (*twin)->id != own)
        return refused(ErrorCode::EmailTaken, u"the e-mail address is taken"_s);
    return {};
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

Accounts::Accounts(Database &database, AccountListener &listener, const UserSearch::Bounds &search)
    : m_database(database), m_listener(listener), m_counts(search)
{}

Result<User> Accounts::findById(Id user) const
{
    if (const auto known = m_cache.find(user))
        return *known;
    const quint64 changes = m_cache.changeCount(user);
    const auto found = rowOf(m_database.reader(), user);
    if (found)
        m_cache.keep(*found, changes);
    return found;
}

Result<User> Accounts::findWithin(Transaction &transaction, Id user) const
{
    const auto known = m_cache.find(user);
    return known ? *known : rowOf(transaction, user);
}

Result<std::optional<User>> Accounts::findByEmail(QStringView email) const { return accountOf(m_database.reader(), email); }

Result<Id> Accounts::ownerOf(QStringView email) const
{
    Id owner;
    for (const QString &key : EmailAddress::keysOf(email)) { // all of them, whoever is found
        const auto found = UserStore::ownerOfEmailKey(m_database.reader(), key);
        if (!found)
            return found;
        owner = owner.isNull() ? *found : owner;
    }
    return owner;
}

Result<std::optional<User>> Accounts::findByEmailWithin(Transaction &transaction, QStringView email) const
{
    return accountOf(transaction, email);
}

Result<UserStore::Page> Accounts::page(const QString &contains, const QString &after, int limit, bool deleted) const
{
    return UserStore::page(m_database.reader(), contains, after, limit, deleted);
}

Result<UserStore::Page> Accounts::pageBefore(const QString &contains, const QString &upTo, int limit, bool deleted) const
{
    return UserStore::pageBefore(m_database.reader(), contains, upTo, limit, deleted);
}

Result<qint64> Accounts::count(const QString &contains, bool deleted) const
{
    return m_counts.count(m_database.reader(), contains, deleted);
}

Result<QList<Id>> Accounts::idsOf(const QString &contains, bool deleted) const
{
    return UserStore::idsOf(m_database.reader(), contains, deleted);
}

Result<User> Accounts::insert(Transaction &transaction, const User &wanted, const QString &actor, TimePoint now)
{
    const auto email = EmailAddress::parse(wanted.email);
    if (!email)
        return refused(ErrorCode::InvalidInput, textOf(email.error()));
    if (const auto free = untaken(transaction, wanted.email, {}); !free)
        return refused(free);
    User user = wanted;
    user.id = Id::create(now);
    user.email = email->text;
    user.name = tidyName(wanted.name);
    user.createdAt = user.updatedAt = now;
    if (const auto done = UserStore::insert(transaction, user, email->key); !done)
        return refused(done);
    const auto type = actor == "user"_L1 ? audit::userRegistered : audit::userCreated;
    const auto noted = AuditStore::append(
        transaction, {.at = now, .type = type, .actor = actor, .subject = user.id, .details = {{u"email"_s, user.email}}});
    if (!noted)
        return refused(noted);
    transaction.afterCommit([this, user] { m_listener.userCreated(user); });
    return user;
}

void Accounts::announceImport(Transaction &transaction, qint64 count) const
{
    transaction.afterCommit([this, count] { m_listener.usersImported(count); });
}

Result<qint64> Accounts::removeUnused(Transaction &transaction, const QList<Id> &users)
{
    forgetCounts(transaction);
    qint64 removed = 0;
    for (const Id &user : users) {
        beginChange(transaction, user);
        const auto isGone = UserStore::removeUnused(transaction, user);
        if (!isGone)
            return refused(isGone);
        removed += *isGone ? 1 : 0;
    }
    return removed;
}

Result<User> Accounts::edit(Id user, const AccountEdit &edit, const QString &actor, TimePoint now)
{
    if (const auto faults = faultsOf(edit); !faults.isEmpty())
        return std::unexpected(unacceptable(faults));
    return m_database.write([&](Transaction &transaction) { return editWithin(transaction, user, edit, actor, now); });
}

QList<Fault> Accounts::faultsOf(const AccountEdit &edit)
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

Result<User> Accounts::editWithin(Transaction &transaction, Id user, const AccountEdit &edit, const QString &actor, TimePoint now)
{
    const auto found = rowOf(transaction, user);
    if (!found)
        return found;
    const User &before = *found;
    const auto address = edit.email ? EmailAddress::parse(*edit.email) : EmailAddress {.text = before.email, .key = {}};
    if (!address)
        return refused(ErrorCode::InvalidInput, textOf(address.error()));
    if (const auto free = edit.email ? untaken(transaction, *edit.email, user) : Result<void>(); !free)
        return refused(free);
    User after = before;
    after.email = address->text;
    after.name = edit.name ? tidyName(*edit.name) : before.name;
    after.roles = rolesAfter(before.roles, edit);
    if (const auto fault = rolesFault(u"roles"_s, after.roles)) // many and many more
        return std::unexpected(unacceptable({*fault}));
    const QJsonObject changed = differences(before, after);
    if (changed.isEmpty())
        return before;
    if (after.email != before.email || after.name != before.name)
        forgetCounts(transaction);
    return AuditStore::append(transaction, {.at = now, .type = audit::userChanged, .actor = actor, .subject = user, .details = changed})
        .and_then(
            [&] { return change(transaction, user, now, [&] { return UserStore::updateProfile(transaction, after, address->key); }); });
}

Result<User> Accounts::moveTo(Transaction &transaction, Id user, const QString &email, TimePoint now)
{
    return editWithin(transaction, user, {.email = email}, u"user"_s, now).and_then([&](const User &) {
        return verifyEmail(transaction, user, now);
    });
}

Result<User> Accounts::verifyEmail(Transaction &transaction, Id user, TimePoint now)
{
    const auto found = rowOf(transaction, user);
    if (!found || found->emailVerified)
        return found;
    return AuditStore::append(
               transaction,
               {.at = now, .type = audit::emailVerified, .actor = u"user"_s, .subject = user, .details = {{u"email"_s, found->email}}})
        .and_then([&] { return change(transaction, user, now, [&] { return UserStore::verifyEmail(transaction, user); }); });
}

Result<User> Accounts::noteInvitation(Transaction &transaction, Id user, TimePoint now)
{
    return change(transaction, user, now, [&] { return UserStore::updateInvited(transaction, user, now); });
}

/// Before the row is written: no copy of it is kept until the transaction is over.
void Accounts::beginChange(Transaction &transaction, Id user)
{
    m_cache.beginChange(user);
    transaction.afterEnd([this, user](bool) { m_cache.endChange(user); });
}

void Accounts::forgetCounts(Transaction &transaction) const
{
    transaction.afterCommit([this] { m_counts.forget(); });
}

Result<User> Accounts::change(Transaction &transaction, Id user, std::optional<TimePoint> updatedAt,
                              const std::function<Result<void>()> &write)
{
    beginChange(transaction, user);
    const auto written = write().and_then([&] { return updatedAt ? UserStore::touch(transaction, user, *updatedAt) : Result<void>(); });
    if (!written)
        return refused(written);
    const auto changed = rowOf(transaction, user);
    if (changed)
        transaction.afterCommit([this, user = *changed] { m_listener.userChanged(user); });
    return changed;
}

Result<void> Accounts::setDisabled(Transaction &transaction, Id user, bool disabled, TimePoint now)
{
    return change(transaction, user, now, [&] { return UserStore::updateDisabled(transaction, user, disabled); })
        .transform([](const User &) {});
}

Result<User> Accounts::setDeleted(Transaction &transaction, Id user, std::optional<TimePoint> goesAt, TimePoint now)
{
    const auto deletedAt = goesAt ? std::optional(now) : std::nullopt;
    forgetCounts(transaction);
    return change(transaction, user, now, [&] { return UserStore::updateDeleted(transaction, user, deletedAt, goesAt); });
}

Result<void> Accounts::noteSignIn(Transaction &transaction, Id user, const QString &language, TimePoint now)
{
    beginChange(transaction, user);
    return UserStore::noteSignIn(transaction, user, language, now);
}

Result<void> Accounts::remove(Transaction &transaction, Id user)
{
    beginChange(transaction, user);
    forgetCounts(transaction);
    transaction.afterCommit([this, user] { m_listener.userRemoved(user); });
    return UserStore::remove(transaction, user);
}

} // namespace warder
