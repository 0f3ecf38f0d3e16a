#include "core/credentials/RecoveryCodeStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<void> RecoveryCodeStore::replace(DbConnection &connection, Id user, const QList<QByteArray> &hashes)
{
    if (const auto removed = removeByUser(connection, user); !removed)
        return refused(removed);
    for (const QByteArray &hash : hashes) {
        const auto stored = connection.perform(u"INSERT INTO recovery_codes (user_id, hash) VALUES (?, ?)"_s, {bound(user), hash});
        if (!stored)
            return stored;
    }
    return {};
}

Result<bool> RecoveryCodeStore::remove(DbConnection &connection, Id user, const QByteArray &hash)
{
    return connection.run(u"DELETE FROM recovery_codes WHERE user_id = ? AND hash = ?"_s, {bound(user), hash})
        .transform([](qint64 removed) { return removed == 1; });
}

Result<qint64> RecoveryCodeStore::removeByUser(DbConnection &connection, Id user)
{
    return connection.run(u"DELETE FROM recovery_codes WHERE user_id = ?"_s, {bound(user)});
}

Result<qint64> RecoveryCodeStore::countByUser(DbConnection &connection, Id user)
{
    return connection.number(u"SELECT count(*) FROM recovery_codes WHERE user_id = ?"_s, {bound(user)});
}

} // namespace warder
