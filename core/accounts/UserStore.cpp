#include "core/accounts/UserStore.h"

#include "core/base/Text.h"
#include "core/crypto/PasswordHasher.h"
#include "core/ratelimit/RateSubject.h"
#include "core/storage/DbConnection.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString toJsonText(const QStringList &roles)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(roles)).toJson(QJsonDocument::Compact));
}

QStringList fromJsonText(const QString &text)
{
    QStringList roles;
    for (const auto &role : QJsonDocument::fromJson(text.toUtf8()).array())
        roles += role.toString();
    return roles;
}

/// What toAccount() reads.
const QString &columns()
{
    static const QString all = u"users.id, users.email, users.name, users.roles, users.email_verified, users.disabled, users.created_at, "
                               "users.updated_at, users.last_sign_in_at, users.password_hash, users.password_changed_at"_s;
    return all;
}

Account toAccount(const Row &row)
{
    const QString hash = row.text(9);
    return {.user = {.id = row.id(0),
                     .email = row.text(1),
                     .name = row.text(2),
                     .roles = fromJsonText(row.text(3)),
                     .emailVerified = row.flag(4),
                     .disabled = row.flag(5),
                     .createdAt = row.time(6),
                     .updatedAt = row.time(7),
                     .lastSignInAt = row.optionalTime(8),
                     .passwordChangedAt = row.time(10),
                     .passwordScheme = PasswordHasher::schemeOf(hash)},
            .passwordHash = hash};
}

qint64 toNumber(const Row &row) { return row.integer(0); }

/// What triggers do for the other changes; why not for this one, 0002_search_and_count.sql says.
Result<void> noteInserted(DbConnection &connection, const User &user, const QString &emailKey)
{
    const auto found =
        connection.run(u"INSERT INTO user_search (email_key, email, name, user_id) VALUES (?, search_key(?), search_key(?), ?)"_s,
                       {emailKey, user.email, bound(user.name), bound(user.id)});
    if (!found)
        return refused(found);
    const auto counted = connection.run(u"UPDATE row_counts SET number = number + 1 WHERE name = 'users'"_s);
    if (!counted)
        return refused(counted);
    return {};
}

std::unexpected<Error> emailTaken() { return refused(ErrorCode::EmailTaken, u"the e-mail address is taken"_s); }

Result<void> changedOne(const Result<qint64> &changed)
{
    if (!changed)
        return refused(changed);
    if (*changed == 0)
        return refused(ErrorCode::NotFound, u"no such user"_s);
    return {};
}

} // namespace

Result<void> UserStore::insert(DbConnection &connection, const Account &account, const QString &emailKey)
{
    const User &user = account.user;
    const auto done = connection.run(
        u"INSERT INTO users (id, email, email_key, name, roles, password_hash, email_verified, disabled, created_at, updated_at, "
        "password_changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {bound(user.id), user.email, emailKey, bound(user.name), toJsonText(user.roles), account.passwordHash, bound(user.emailVerified),
         bound(user.disabled), bound(user.createdAt), bound(user.updatedAt), bound(user.passwordChangedAt)});
    if (!done && done.error().code == ErrorCode::Conflict)
        return emailTaken();
    if (!done)
        return refused(done);
    return noteInserted(connection, user, emailKey);
}

Result<std::optional<Account>> UserStore::findById(DbConnection &connection, Id user)
{
    static const QString sql = u"SELECT %1 FROM users WHERE id = ?"_s.arg(columns());
    return connection.one(sql, {bound(user)}, toAccount);
}

Result<std::optional<Account>> UserStore::findByEmailKey(DbConnection &connection, const QString &emailKey)
{
    static const QString sql = u"SELECT %1 FROM users WHERE email_key = ?"_s.arg(columns());
    return connection.one(sql, {bound(emailKey)}, toAccount);
}

Result<QList<UserStore::Keyed>> UserStore::page(DbConnection &connection, const QString &contains, const QString &after, int limit)
{
    const auto toKeyed = [](const Row &row) { return Keyed {.user = toAccount(row).user, .emailKey = row.text(11)}; };
    const QString key = searchKey(QStringView(contains).trimmed());
    static const QString everybody =
        u"SELECT %1, users.email_key FROM users WHERE email_key > ? ORDER BY email_key LIMIT ?"_s.arg(columns());
    if (key.isEmpty())
        return connection.all(everybody, {bound(after), limit}, toKeyed);
    static const QString found =
        u"SELECT %1, users.email_key FROM user_search AS s CROSS JOIN users ON users.id = s.user_id "
        "WHERE s.email_key > ? AND (instr(s.email, ?) OR instr(s.name, ?)) ORDER BY s.email_key LIMIT ?"_s.arg(columns());
    return connection.all(found, {bound(after), key, key, limit}, toKeyed);
}

Result<qint64> UserStore::count(DbConnection &connection, const QString &contains)
{
    const QString key = searchKey(QStringView(contains).trimmed());
    const auto number =
        key.isEmpty() ? connection.one(u"SELECT number FROM row_counts WHERE name = 'users'"_s, {}, toNumber)
                      : connection.one(u"SELECT count(*) FROM user_search WHERE instr(email, ?) OR instr(name, ?)"_s, {key, key}, toNumber);
    return number.transform([](std::optional<qint64> found) { return found.value_or(0); });
}

Result<void> UserStore::updateProfile(DbConnection &connection, const User &user, const QString &emailKey)
{
    const QVariant key = emailKey.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : emailKey;
    const auto done =
        connection.run(u"UPDATE users SET email = ?, email_verified = email_verified AND email_key = coalesce(?, email_key), "
                       "email_key = coalesce(?, email_key), name = ?, roles = ?, updated_at = ? WHERE id = ?"_s,
                       {user.email, key, key, bound(user.name), toJsonText(user.roles), bound(user.updatedAt), bound(user.id)});
    if (!done && done.error().code == ErrorCode::Conflict)
        return emailTaken();
    return changedOne(done);
}

Result<void> UserStore::updatePassword(DbConnection &connection, Id user, const QString &hash, TimePoint now)
{
    return changedOne(connection.run(u"UPDATE users SET password_hash = ?, updated_at = ?, password_changed_at = "
                                     "CASE WHEN password_changed_at < ? THEN ? ELSE password_changed_at + 1 END WHERE id = ?"_s,
                                     {hash, bound(now), bound(now), bound(now), bound(user)}));
}

Result<void> UserStore::updateDisabled(DbConnection &connection, Id user, bool disabled, TimePoint now)
{
    return changedOne(
        connection.run(u"UPDATE users SET disabled = ?, updated_at = ? WHERE id = ?"_s, {bound(disabled), bound(now), bound(user)}));
}

Result<void> UserStore::remove(DbConnection &connection, Id user)
{
    return changedOne(connection.run(u"DELETE FROM users WHERE id = ?"_s, {bound(user)}));
}

Result<void> UserStore::replaceHash(DbConnection &connection, Id user, const QString &old, const QString &hash)
{
    const auto done = connection.run(u"UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?"_s, {hash, bound(user), old});
    if (!done)
        return refused(done);
    return {};
}

Result<void> UserStore::noteSignIn(DbConnection &connection, const User &user, const QHostAddress &address, TimePoint now)
{
    const auto same = connection.run(u"UPDATE users SET last_sign_in_at = ? WHERE id = ? AND disabled = 0 AND password_changed_at = ?"_s,
                                     {bound(now), bound(user.id), bound(user.passwordChangedAt)});
    if (!same)
        return refused(same);
    if (*same == 0)
        return refused(ErrorCode::InvalidCredentials, u"the account changed while its owner signed in"_s);
    const auto noted = connection.run(u"INSERT INTO sign_in_addresses (user_id, address, last_at) VALUES (?, ?, ?) "
                                      "ON CONFLICT (user_id, address) DO UPDATE SET last_at = excluded.last_at"_s,
                                      {bound(user.id), countedAddressText(address), bound(now)});
    if (!noted)
        return refused(noted);
    return {};
}

Result<bool> UserStore::knowsAddress(DbConnection &connection, const QString &emailKey, const QHostAddress &address)
{
    const QString counted = countedAddressText(address);
    const auto found = connection.one(u"SELECT 1 FROM sign_in_addresses JOIN users ON users.id = sign_in_addresses.user_id "
                                      "WHERE users.email_key = ? AND sign_in_addresses.address = ?"_s,
                                      {bound(emailKey), counted}, [](const Row &) { return true; });
    if (!found)
        return refused(found);
    if (found->has_value())
        return true;
    // Rows of before addresses were counted; nobody writes new ones, and they are forgotten like all others.
    const auto whole = connection.all(u"SELECT address FROM sign_in_addresses JOIN users ON users.id = sign_in_addresses.user_id "
                                      "WHERE users.email_key = ? AND (address = '' OR address LIKE '%:%' AND address NOT LIKE '%/64')"_s,
                                      {bound(emailKey)}, [](const Row &row) { return countedAddressText(QHostAddress(row.text(0))); });
    return whole.transform([&counted](const QStringList &all) { return all.contains(counted); });
}

Result<qint64> UserStore::forgetAddresses(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM sign_in_addresses WHERE (user_id, address) IN "
                          "(SELECT user_id, address FROM sign_in_addresses WHERE last_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
