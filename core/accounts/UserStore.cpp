#include "core/accounts/UserStore.h"

#include "core/accounts/UserSearch.h"
#include "core/base/Text.h"
#include "core/crypto/PasswordHasher.h"
#include "core/storage/DbConnection.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What toUser() reads, of the tables that follow.
constexpr QStringView columns =
    u"users.id, users.email, users.name, users.roles, users.email_verified, users.disabled OR users.deleted_at IS NOT NULL, "
    "users.created_at, users.updated_at, users.last_sign_in_at, users.invited_at, users.language, credentials.data, EXISTS (SELECT 1 "
    "FROM totp_factors WHERE totp_factors.user_id = users.id AND totp_factors.confirmed_at IS NOT NULL), "
    "coalesce(credentials.must_change, 0), users.deleted_at, users.goes_at";

constexpr int columnsRead = 16;

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
            .hasSecondFactor = row.flag(12),
            .mustChangePassword = row.flag(13),
            .deletedAt = row.optionalTime(14),
            .goesAt = row.optionalTime(15)};
}

/// What triggers do for the other changes; why not for this one, 0002_search_and_count.sql says.
Result<void> noteInserted(DbConnection &connection, const User &user, const QString &emailKey)
{
    const auto number = connection.number(u"SELECT coalesce(max(number), 0) + 1 FROM user_search"_s);
    if (!number)
        return refused(number);
    return connection
        .perform(u"INSERT INTO user_search (deleted, email_key, number, email, name, user_id) VALUES (0, ?, ?, search_key(?), "
                 "search_key(?), ?)"_s,
                 {emailKey, *number, user.email, bound(user.name), bound(user.id)})
        .and_then([&] {
            return connection.perform(u"INSERT INTO user_trigrams (rowid, words) VALUES (?, (SELECT words FROM user_search "
                                      "WHERE number = ?))"_s,
                                      {*number, *number});
        })
        .and_then([&] { return connection.perform(u"UPDATE row_counts SET number = number + 1 WHERE name = 'users'"_s); });
}

QString searchedFor(const QString &contains) { return searchKey(QStringView(contains).trimmed()); }

Id firstId(const Row &row) { return row.id(0); }

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

Result<UserStore::Page> UserStore::page(DbConnection &connection, const QString &contains, const QString &after, int limit, bool deleted)
{
    static const QString sql = u"SELECT %1 FROM json_each(?) AS found CROSS JOIN user_search AS s ON s.number = found.value "
                               "CROSS JOIN users ON users.id = s.user_id %2 WHERE s.deleted = ? "
                               "ORDER BY s.email_key"_s.arg(columns, withPassword);
    const int most = std::clamp(limit, 1, 500);
    const auto found = UserSearch::page(connection, searchedFor(contains), after, most, deleted);
    if (!found)
        return refused(found);
    QStringList numbers;
    for (const UserSearch::Found &one : *found)
        numbers += QString::number(one.number);
    const auto users = connection.all(sql, {u"[%1]"_s.arg(numbers.join(u',')), bound(deleted)}, toUser); // some may have gone since
    if (!users)
        return refused(users);
    return Page {.users = *users, .next = found->size() == most ? found->last().emailKey : QString()};
}

/// Whoever searches reads from the begin, so that this is seldom asked for words; it walks then.
Result<UserStore::Page> UserStore::pageBefore(DbConnection &connection, const QString &contains, const QString &upTo, int limit,
                                              bool deleted)
{
    static const QString sql = u"SELECT %1, s.email_key FROM user_search AS s CROSS JOIN users ON users.id = s.user_id %2 "
                               "WHERE s.deleted = ? AND s.email_key <= ? AND (? = '' OR instr(s.email, ?) OR instr(s.name, ?)) "
                               "ORDER BY s.email_key DESC LIMIT ?"_s.arg(columns, withPassword);
    const int most = std::clamp(limit, 1, 500);
    const QVariant key = bound(searchedFor(contains));
    const QString from = upTo.isEmpty() ? u"\U0010FFFF"_s : upTo; // no key is greater
    Page page;
    const auto take = [&page, most](const Row &row) {
        if (page.users.size() == most)
            page.next = row.text(columnsRead); // the one more
        else
            page.users += toUser(row);
        return true;
    };
    const auto read = connection.each(sql, {bound(deleted), from, key, key, key, most + 1}, take);
    if (!read)
        return refused(read);
    std::ranges::reverse(page.users);
    return page;
}

Result<qint64> UserStore::count(DbConnection &connection, const QString &contains, bool deleted)
{
    const QString key = searchedFor(contains);
    if (key.isEmpty())
        return connection.number(u"SELECT number FROM row_counts WHERE name = ?"_s, {deleted ? u"deleted_users"_s : u"users"_s});
    return UserSearch::count(connection, key, deleted);
}

Result<QList<Id>> UserStore::idsOf(DbConnection &connection, const QString &contains, bool deleted)
{
    return UserSearch::all(connection, searchedFor(contains), deleted);
}

Result<QList<Id>> UserStore::findGoing(DbConnection &connection, TimePoint now, int limit)
{
    return connection.all(u"SELECT id FROM users WHERE goes_at <= ? ORDER BY goes_at LIMIT ?"_s, {bound(now), limit}, firstId);
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

Result<void> UserStore::updateDeleted(DbConnection &connection, Id user, std::optional<TimePoint> deletedAt,
                                      std::optional<TimePoint> goesAt)
{
    return changedOne(
        connection.run(u"UPDATE users SET deleted_at = ?, goes_at = ? WHERE id = ?"_s, {bound(deletedAt), bound(goesAt), bound(user)}));
}

Result<void> UserStore::touch(DbConnection &connection, Id user, TimePoint now)
{
    return changedOne(connection.run(u"UPDATE users SET updated_at = ? WHERE id = ?"_s, {bound(now), bound(user)}));
}

Result<void> UserStore::remove(DbConnection &connection, Id user)
{
    return changedOne(connection.run(u"DELETE FROM users WHERE id = ?"_s, {bound(user)}));
}

Result<bool> UserStore::removeUnused(DbConnection &connection, Id user)
{
    return connection.run(u"DELETE FROM users WHERE id = ? AND last_sign_in_at IS NULL"_s, {bound(user)}).transform([](qint64 removed) {
        return removed > 0;
    });
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
    const auto noted =
        connection.run(u"UPDATE users SET last_sign_in_at = ?, language = coalesce(nullif(?, ''), language) WHERE id = ? AND disabled = 0 "
                       "AND deleted_at IS NULL"_s,
                       {bound(now), bound(language), bound(user)});
    if (!noted)
        return refused(noted);
    if (*noted == 0)
        return refused(ErrorCode::InvalidCredentials, u"the account changed while its owner signed in"_s);
    return {};
}

} // namespace warder
