#include "core/accounts/UserStore.h"

#include "core/base/Text.h"
#include "core/crypto/PasswordHasher.h"
#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What toUser() reads, of the tables that follow.
constexpr QStringView columns =
    u"users.id, users.email, users.name, users.roles, users.email_verified, users.disabled, users.created_at, "
    "users.updated_at, users.last_sign_in_at, users.invited_at, users.language, credentials.data, EXISTS (SELECT 1 FROM totp_factors "
    "WHERE totp_factors.user_id = users.id AND totp_factors.confirmed_at IS NOT NULL)";

/// To stand behind `users` in a FROM.
constexpr QStringView withPassword = u"LEFT JOIN credentials ON credentials.user_id = users.id AND credentials.kind = 'password'";

User toUser(const Row &row)
{
    return {.id = row.id(0),
            .email = row.text(1),
            .name = row.text(2),
            .roles = row.texts(3),
            .emailVerified = row.flag(4),
            .disabled = row.flag(5),
            .createdAt = row.time(6),
            .updatedAt = row.time(7),
            .lastSignInAt = row.optionalTime(8),
            .invitedAt = row.optionalTime(9),
            .language = row.text(10),
            .passwordScheme = PasswordHasher::schemeOf(QString::fromLatin1(row.bytes(11))),
            .hasSecondFactor = row.flag(12)};
}

/// What triggers do for the other changes; why not for this one, 0002_search_and_count.sql says.
Result<void> noteInserted(DbConnection &connection, const User &user, const QString &emailKey)
{
    return connection
        .perform(u"INSERT INTO user_search (email_key, email, name, user_id) VALUES (?, search_key(?), search_key(?), ?)"_s,
                 {emailKey, user.email, bound(user.name), bound(user.id)})
        .and_then([&] { return connection.perform(u"UPDATE row_counts SET number = number + 1 WHERE name = 'users'"_s); });
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

Result<void> UserStore::insert(DbConnection &connection, const User &user, const QString &emailKey)
{
    const auto done =
        connection.run(u"INSERT INTO users (id, email, email_key, name, roles, email_verified, disabled, created_at, updated_at, "
                       "invited_at, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                       {bound(user.id), user.email, emailKey, bound(user.name), bound(user.roles), bound(user.emailVerified),
                        bound(user.disabled), bound(user.createdAt), bound(user.updatedAt), bound(user.invitedAt), bound(user.language)});
    if (!done && done.error().code == ErrorCode::Conflict)
        return emailTaken();
    if (!done)
        return refused(done);
    return noteInserted(connection, user, emailKey);
}

Result<std::optional<User>> UserStore::findById(DbConnection &connection, Id user)
{
    static const QString sql = u"SELECT %1 FROM users %2 WHERE users.id = ?"_s.arg(columns, withPassword);
    return connection.one(sql, {bound(user)}, toUser);
}

Result<std::optional<User>> UserStore::findByEmailKey(DbConnection &connection, const QString &emailKey)
{
    static const QString sql = u"SELECT %1 FROM users %2 WHERE email_key = ?"_s.arg(columns, withPassword);
    return connection.one(sql, {bound(emailKey)}, toUser);
}

Result<Id> UserStore::ownerOfEmailKey(DbConnection &connection, const QString &emailKey)
{
    return connection
        .one(u"SELECT coalesce((SELECT id FROM users WHERE email_key = ?), zeroblob(16))"_s, {bound(emailKey)},
             [](const Row &row) { return row.id(0); })
        .transform([](const std::optional<Id> &owner) { return owner.value_or(Id {}); });
}

Result<UserStore::Page> UserStore::page(DbConnection &connection, const QString &contains, const QString &after, int limit)
{
    static const QString everybody =
        u"SELECT %1, users.email_key FROM users %2 WHERE email_key > ? ORDER BY email_key LIMIT ?"_s.arg(columns, withPassword);
    static const QString found =
        u"SELECT %1, users.email_key FROM user_search AS s CROSS JOIN users ON users.id = s.user_id %2 "
        "WHERE s.email_key > ? AND (instr(s.email, ?) OR instr(s.name, ?)) ORDER BY s.email_key LIMIT ?"_s.arg(columns, withPassword);
    const int most = std::clamp(limit, 1, 500);
    const QString key = searchKey(QStringView(contains).trimmed());
    Page page;
    const auto take = [&page](const Row &row) {
        page.users += toUser(row);
        page.next = row.text(13);
        return true;
    };
    const auto done = key.isEmpty() ? connection.each(everybody, {bound(after), most}, take)
                                    : connection.each(found, {bound(after), key, key, most}, take);
    if (!done)
        return refused(done);
    if (page.users.size() < most)
        page.next.clear();
    return page;
}

Result<qint64> UserStore::count(DbConnection &connection, const QString &contains)
{
    const QString key = searchKey(QStringView(contains).trimmed());
    return key.isEmpty() ? connection.number(u"SELECT number FROM row_counts WHERE name = 'users'"_s)
                         : connection.number(u"SELECT count(*) FROM user_search WHERE instr(email, ?) OR instr(name, ?)"_s, {key, key});
}

Result<void> UserStore::updateProfile(DbConnection &connection, const User &user, const QString &emailKey)
{
    const QVariant key = emailKey.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : emailKey;
    const auto done = connection.run(u"UPDATE users SET email = ?, email_verified = email_verified AND email_key = coalesce(?, email_key), "
                                     "email_key = coalesce(?, email_key), name = ?, roles = ? WHERE id = ?"_s,
                                     {user.email, key, key, bound(user.name), bound(user.roles), bound(user.id)});
    if (!done && done.error().code == ErrorCode::Conflict)
        return emailTaken();
    return changedOne(done);
}

Result<void> UserStore::updateDisabled(DbConnection &connection, Id user, bool disabled)
{
    return changedOne(connection.run(u"UPDATE users SET disabled = ? WHERE id = ?"_s, {bound(disabled), bound(user)}));
}

Result<void> UserStore::touch(DbConnection &connection, Id user, TimePoint now)
{
    return changedOne(connection.run(u"UPDATE users SET updated_at = ? WHERE id = ?"_s, {bound(now), bound(user)}));
}

Result<void> UserStore::remove(DbConnection &connection, Id user)
{
    return changedOne(connection.run(u"DELETE FROM users WHERE id = ?"_s, {bound(user)}));
}

Result<void> UserStore::verifyEmail(DbConnection &connection, Id user)
{
    return changedOne(connection.run(u"UPDATE users SET email_verified = 1 WHERE id = ?"_s, {bound(user)}));
}

Result<void> UserStore::updateInvited(DbConnection &connection, Id user, TimePoint at)
{
    return changedOne(connection.run(u"UPDATE users SET invited_at = ? WHERE id = ?"_s, {bound(at), bound(user)}));
}

Result<void> UserStore::noteSignIn(DbConnection &connection, Id user, const QString &language, TimePoint now)
{
    const auto noted = connection.run(
        u"UPDATE users SET last_sign_in_at = ?, language = coalesce(nullif(?, ''), language) WHERE id = ? AND disabled = 0"_s,
        {bound(now), bound(language), bound(user)});
    if (!noted)
        return refused(noted);
    if (*noted == 0)
        return refused(ErrorCode::InvalidCredentials, u"the account changed while its owner signed in"_s);
    return {};
}

} // namespace warder
