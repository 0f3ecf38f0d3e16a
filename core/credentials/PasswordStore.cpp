#include "core/credentials/PasswordStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

PasswordStore::Stored toStored(const Row &row)
{
    return {.hash = QString::fromLatin1(row.bytes(0)), .setAt = row.time(1), .mustChange = row.flag(2)};
}

} // namespace

Result<void> PasswordStore::insert(DbConnection &connection, Id user, const QString &hash, TimePoint now)
{
    return connection.perform(u"INSERT INTO credentials (user_id, kind, data, created_at) VALUES (?, 'password', ?, ?)"_s,
                              {bound(user), hash.toLatin1(), bound(now)});
}

Result<std::optional<PasswordStore::Stored>> PasswordStore::find(DbConnection &connection, Id user)
{
    return connection.one(u"SELECT data, created_at, must_change FROM credentials WHERE user_id = ? AND kind = 'password'"_s, {bound(user)},
                          toStored);
}

Result<PasswordStore::Stored> PasswordStore::findOr(DbConnection &connection, Id user, const QString &hash)
{
    return connection
        .one(u"SELECT coalesce(data, ?), coalesce(created_at, 0), coalesce(must_change, 0) FROM (SELECT 1) "
             "LEFT JOIN credentials ON user_id = ? AND kind = 'password'"_s,
             {hash.toLatin1(), bound(user)}, toStored)
        .transform([](const std::optional<Stored> &stored) { return stored.value_or(Stored {}); });
}

Result<void> PasswordStore::replace(DbConnection &connection, Id user, const QString &hash, TimePoint now, bool mustChange)
{
    return connection.perform(u"INSERT INTO credentials (user_id, kind, data, created_at, must_change) VALUES (?, 'password', ?, ?, ?) "
                              "ON CONFLICT (user_id, kind, label) DO UPDATE SET data = excluded.data, must_change = excluded.must_change, "
                              "created_at = max(excluded.created_at, credentials.created_at + 1), last_used_at = NULL"_s,
                              {bound(user), hash.toLatin1(), bound(now), bound(mustChange)});
}

Result<bool> PasswordStore::remove(DbConnection &connection, Id user)
{
    return connection.run(u"DELETE FROM credentials WHERE user_id = ? AND kind = 'password'"_s, {bound(user)}).transform([](qint64 gone) {
        return gone > 0;
    });
}

Result<void> PasswordStore::rehash(DbConnection &connection, Id user, const QString &old, const QString &hash)
{
    return connection.perform(u"UPDATE credentials SET data = ? WHERE user_id = ? AND kind = 'password' AND data = ?"_s,
                              {hash.toLatin1(), bound(user), old.toLatin1()});
}

Result<bool> PasswordStore::noteUse(DbConnection &connection, Id user, TimePoint setAt, TimePoint now)
{
    return connection
        .run(u"UPDATE credentials SET last_used_at = ? WHERE user_id = ? AND kind = 'password' AND created_at = ?"_s,
             {bound(now), bound(user), bound(setAt)})
        .transform([](qint64 changed) { return changed == 1; });
}

/// The condition is that of the index, word for word.
Result<qint64> PasswordStore::countOld(DbConnection &connection, qint64 most)
{
    return connection.number(u"SELECT count(*) FROM (SELECT 1 FROM credentials INDEXED BY credentials_old WHERE kind = 'password' "
                             "AND substr(data, 1, 10) <> x'246172676f6e32696424' LIMIT ?)"_s,
                             {most});
}

} // namespace warder
