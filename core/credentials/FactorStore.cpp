#include "core/credentials/FactorStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<FactorCounts> FactorStore::count(DbConnection &connection, Id user, TimePoint now)
{
    const auto found = connection.one(u"SELECT (SELECT count(*) FROM totp_factors WHERE user_id = ? AND confirmed_at IS NOT NULL), "
                                      "(SELECT count(*) FROM passkeys WHERE user_id = ?), "
                                      "(SELECT count(*) FROM recovery_codes WHERE user_id = ?), "
                                      "(SELECT count(*) FROM trusted_devices WHERE user_id = ? AND expires_at > ?)"_s,
                                      {bound(user), bound(user), bound(user), bound(user), bound(now)}, [](const Row &row) {
                                          return FactorCounts {.totp = row.integer(0),
                                                               .passkeys = row.integer(1),
                                                               .recoveryCodes = row.integer(2),
                                                               .trustedDevices = row.integer(3)};
                                      });
    if (!found)
        return refused(found);
    return found->value_or(FactorCounts());
}

Result<qint64> FactorStore::countBareAdmins(DbConnection &connection, const QString &rpId)
{
    return connection.number(u"SELECT count(*) FROM users INDEXED BY users_admins WHERE instr(roles, '\"admin\"') > 0 AND disabled = 0 "
                             "AND deleted_at IS NULL "
                             "AND EXISTS (SELECT 1 FROM credentials WHERE user_id = users.id AND kind = 'password') "
                             "AND NOT EXISTS (SELECT 1 FROM totp_factors WHERE user_id = users.id AND confirmed_at IS NOT NULL) "
                             "AND NOT EXISTS (SELECT 1 FROM passkeys WHERE user_id = users.id AND rp_id = ?)"_s,
                             {bound(rpId)});
}

Result<qint64> FactorStore::countAdmins(DbConnection &connection)
{
    return connection.number(u"SELECT count(*) FROM users INDEXED BY users_admins WHERE instr(roles, '\"admin\"') > 0 AND disabled = 0 "
                             "AND deleted_at IS NULL"_s);
}

} // namespace warder
