#include "core/credentials/TotpStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView totpColumns = u"id, user_id, name, sealed, last_step, created_at, confirmed_at, last_used_at";

TotpStore::Stored toStored(const Row &row)
{
    return {.factor = {.id = row.id(0),
                       .user = row.id(1),
                       .name = row.text(2),
                       .createdAt = row.time(5),
                       .confirmedAt = row.optionalTime(6),
                       .lastUsedAt = row.optionalTime(7)},
            .sealed = row.bytes(3),
            .lastStep = row.integer(4)};
}

bool isOne(qint64 changed) { return changed == 1; }

} // namespace

Result<void> TotpStore::insert(DbConnection &connection, const Stored &row)
{
    static const QString sql = u"INSERT INTO totp_factors (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(totpColumns);
    const TotpFactor &factor = row.factor;
    return connection.perform(sql, {bound(factor.id), bound(factor.user), bound(factor.name), row.sealed, row.lastStep,
                                    bound(factor.createdAt), bound(factor.confirmedAt), bound(factor.lastUsedAt)});
}

Result<QList<TotpStore::Stored>> TotpStore::findByUser(DbConnection &connection, Id user)
{
    static const QString sql =
        u"SELECT %1 FROM totp_factors WHERE user_id = ? AND confirmed_at IS NOT NULL ORDER BY created_at, id"_s.arg(totpColumns);
    return connection.all(sql, {bound(user)}, toStored);
}

Result<std::optional<TotpStore::Stored>> TotpStore::findUnconfirmed(DbConnection &connection, Id user, Id factor, TimePoint since)
{
    static const QString sql =
        u"SELECT %1 FROM totp_factors WHERE id = ? AND user_id = ? AND confirmed_at IS NULL AND created_at >= ?"_s.arg(totpColumns);
    return connection.one(sql, {bound(factor), bound(user), bound(since)}, toStored);
}

Result<qint64> TotpStore::countByUser(DbConnection &connection, Id user)
{
    return connection.number(u"SELECT count(*) FROM totp_factors WHERE user_id = ? AND confirmed_at IS NOT NULL"_s, {bound(user)});
}

Result<bool> TotpStore::spend(DbConnection &connection, Id factor, qint64 step, TimePoint now)
{
    return connection
        .run(u"UPDATE totp_factors SET last_step = ?, last_used_at = ? WHERE id = ? AND last_step < ? AND confirmed_at IS NOT NULL"_s,
             {step, bound(now), bound(factor), step})
        .transform(isOne);
}

Result<bool> TotpStore::confirm(DbConnection &connection, Id user, Id factor, qint64 step, TimePoint now)
{
    return connection
        .run(u"UPDATE totp_factors SET last_step = ?, confirmed_at = ?, last_used_at = ? "
             "WHERE id = ? AND user_id = ? AND confirmed_at IS NULL"_s,
             {step, bound(now), bound(now), bound(factor), bound(user)})
        .transform(isOne);
}

Result<bool> TotpStore::remove(DbConnection &connection, Id user, Id factor)
{
    return connection
        .run(u"DELETE FROM totp_factors WHERE id = ? AND user_id = ? AND confirmed_at IS NOT NULL"_s, {bound(factor), bound(user)})
        .transform(isOne);
}

Result<void> TotpStore::removeUnconfirmed(DbConnection &connection, Id user)
{
    return connection.perform(u"DELETE FROM totp_factors WHERE user_id = ? AND confirmed_at IS NULL"_s, {bound(user)});
}

Result<qint64> TotpStore::removeByUser(DbConnection &connection, Id user)
{
    return removeUnconfirmed(connection, user).and_then([&] {
        return connection.run(u"DELETE FROM totp_factors WHERE user_id = ?"_s, {bound(user)});
    });
}

Result<qint64> TotpStore::removeAbandoned(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM totp_factors WHERE id IN "
                          "(SELECT id FROM totp_factors WHERE confirmed_at IS NULL AND created_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
