#include "core/backup/BackupDifference.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// Each gives a row's words and, in every row, how many there are. `main` is the database of now, `backup` the other one.

const QString usersLostSql = u"SELECT email, count(*) OVER () FROM main.users AS mine WHERE NOT EXISTS "
                             "(SELECT 1 FROM backup.users AS other WHERE other.id = mine.id) ORDER BY email_key LIMIT 5"_s;
const QString usersBackSql = u"SELECT email, count(*) OVER () FROM backup.users AS mine WHERE NOT EXISTS "
                             "(SELECT 1 FROM main.users AS other WHERE other.id = mine.id) ORDER BY email_key LIMIT 5"_s;
const QString usersChangedSql =
    u"SELECT mine.email, count(*) OVER () FROM main.users AS mine JOIN backup.users AS other ON other.id = mine.id "
    "LEFT JOIN main.credentials AS mine_password ON mine_password.user_id = mine.id AND mine_password.kind = 'password' "
    "LEFT JOIN backup.credentials AS other_password ON other_password.user_id = mine.id AND other_password.kind = 'password' "
    "WHERE mine.email <> other.email OR mine.name <> other.name OR mine.roles <> other.roles OR mine.disabled <> other.disabled "
    "OR mine.email_verified <> other.email_verified OR mine_password.created_at IS NOT other_password.created_at %1"
    "ORDER BY mine.email_key LIMIT 5"_s;
/// A database that no newer Warder has opened yet does not have these; the backup is up to date.
const QString hasDeletionsSql = u"SELECT count(*) FROM pragma_table_info('users', 'main') WHERE name = 'deleted_at'"_s;
const QString sessionsLostSql =
    u"SELECT owner.email, count(*) OVER () FROM main.sessions AS mine JOIN main.users AS owner ON owner.id = mine.user_id "
    "WHERE mine.revoked_at IS NULL AND mine.idle_expires_at > ? AND mine.expires_at > ? AND NOT EXISTS "
    "(SELECT 1 FROM backup.sessions AS other WHERE other.id = mine.id AND other.revoked_at IS NULL "
    "AND other.idle_expires_at > ? AND other.expires_at > ?) ORDER BY mine.id DESC LIMIT 5"_s;
const QString sessionsBackSql =
    u"SELECT owner.email, count(*) OVER () FROM backup.sessions AS mine JOIN backup.users AS owner ON owner.id = mine.user_id "
    "WHERE mine.revoked_at IS NULL AND mine.idle_expires_at > ? AND mine.expires_at > ? AND NOT EXISTS "
    "(SELECT 1 FROM main.sessions AS other WHERE other.id = mine.id AND other.revoked_at IS NULL "
    "AND other.idle_expires_at > ? AND other.expires_at > ?) ORDER BY mine.id DESC LIMIT 5"_s;
const QString keysLostSql = u"SELECT purpose || ' ' || kid, count(*) OVER () FROM main.signing_keys AS mine WHERE NOT EXISTS "
                            "(SELECT 1 FROM backup.signing_keys AS other WHERE other.kid = mine.kid) ORDER BY created_at DESC LIMIT 5"_s;
const QString keysBackSql = u"SELECT purpose || ' ' || kid, count(*) OVER () FROM backup.signing_keys AS mine WHERE NOT EXISTS "
                            "(SELECT 1 FROM main.signing_keys AS other WHERE other.kid = mine.kid) ORDER BY created_at DESC LIMIT 5"_s;
const QString keysChangedSql =
    u"SELECT mine.purpose || ' ' || mine.kid || ', ' || mine.state || ' now and ' || other.state || ' in it', count(*) OVER () "
    "FROM main.signing_keys AS mine JOIN backup.signing_keys AS other ON other.kid = mine.kid WHERE mine.state <> other.state "
    "ORDER BY mine.created_at DESC LIMIT 5"_s;

Result<QString> usersChangedIn(DbConnection &connection)
{
    return connection.number(hasDeletionsSql).transform([](qint64 has) {
        return usersChangedSql.arg(has > 0 ? u"OR mine.deleted_at IS NOT other.deleted_at "_s : QString());
    });
}

Result<void> readDiffering(DbConnection &connection, const QString &sql, const QVariantList &values, DifferingRows &rows)
{
    return connection.each(sql, values, [&rows](const Row &row) {
        rows.first += row.text(0);
        rows.count = row.integer(1);
        return true;
    });
}

} // namespace

Result<BackupDifference> differenceBetween(const QString &here, const QString &backup, TimePoint now, const BackupSteps &steps)
{
    DbConnection connection(here, DbConnection::Access::ReadOnly);
    connection.stopWhen(steps.stop);
    BackupDifference all;
    const QVariantList live(4, bound(now));
    const auto read = connection.perform(u"ATTACH DATABASE ? AS backup"_s, {backup})
                          .and_then([&] { return connection.execute(u"BEGIN"_s); }) // whoever writes meanwhile is not seen by half
                          .and_then([&] { return readDiffering(connection, usersLostSql, {}, all.usersLost); })
                          .and_then([&] { return readDiffering(connection, usersBackSql, {}, all.usersBack); })
                          .and_then([&] { return usersChangedIn(connection); })
                          .and_then([&](const QString &sql) { return readDiffering(connection, sql, {}, all.usersChanged); })
                          .and_then([&] { return readDiffering(connection, sessionsLostSql, live, all.sessionsLost); })
                          .and_then([&] { return readDiffering(connection, sessionsBackSql, live, all.sessionsBack); })
                          .and_then([&] { return readDiffering(connection, keysLostSql, {}, all.keysLost); })
                          .and_then([&] { return readDiffering(connection, keysBackSql, {}, all.keysBack); })
                          .and_then([&] { return readDiffering(connection, keysChangedSql, {}, all.keysChanged); });
    return read.transform([&all] { return all; });
}

} // namespace warder
