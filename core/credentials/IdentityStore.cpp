#include "core/credentials/IdentityStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView identityColumns = u"id, user_id, provider, issuer, subject, email, email_verified, created_at, last_used_at";

Identity toIdentity(const Row &row)
{
    return {.id = row.id(0),
            .user = row.id(1),
            .provider = row.text(2),
            .issuer = row.text(3),
            .subject = row.text(4),
            .email = row.text(5),
            .isEmailVerified = row.flag(6),
            .createdAt = row.time(7),
            .lastUsedAt = row.time(8)};
}

Result<void> oneIdentity(const Result<qint64> &changed)
{
    if (!changed)
        return refused(changed);
    return *changed == 1 ? Result<void>() : refused(ErrorCode::NotFound, u"no such identity of this account"_s);
}

} // namespace

Result<void> IdentityStore::insert(DbConnection &connection, const Identity &identity)
{
    static const QString sql = u"INSERT INTO identities (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(identityColumns);
    return connection.perform(sql, {bound(identity.id), bound(identity.user), identity.provider, identity.issuer, identity.subject,
                                    bound(identity.email), bound(identity.isEmailVerified), bound(identity.createdAt),
                                    bound(identity.lastUsedAt)});
}

Result<std::optional<Identity>> IdentityStore::findBySubject(DbConnection &connection, const QString &issuer, const QString &subject)
{
    static const QString sql = u"SELECT %1 FROM identities WHERE issuer = ? AND subject = ?"_s.arg(identityColumns);
    return connection.one(sql, {issuer, subject}, toIdentity);
}

Result<std::optional<Identity>> IdentityStore::findById(DbConnection &connection, Id user, Id identity)
{
    static const QString sql = u"SELECT %1 FROM identities WHERE id = ? AND user_id = ?"_s.arg(identityColumns);
    return connection.one(sql, {bound(identity), bound(user)}, toIdentity);
}

Result<QList<Identity>> IdentityStore::findByUser(DbConnection &connection, Id user)
{
    static const QString sql = u"SELECT %1 FROM identities WHERE user_id = ? ORDER BY id"_s.arg(identityColumns);
    return connection.all(sql, {bound(user)}, toIdentity);
}

Result<qint64> IdentityStore::countByUser(DbConnection &connection, Id user)
{
    return connection.number(u"SELECT count(*) FROM identities WHERE user_id = ?"_s, {bound(user)});
}

Result<qint64> IdentityStore::countUsable(DbConnection &connection, Id user)
{
    return connection.number(u"SELECT count(*) FROM identities JOIN oauth_providers ON oauth_providers.name = identities.provider "
                             "WHERE user_id = ? AND enabled = 1"_s,
                             {bound(user)});
}

Result<QList<IdentityStore::OfProvider>> IdentityStore::countByProvider(DbConnection &connection)
{
    return connection.all(u"SELECT provider, count(*) FROM identities GROUP BY provider ORDER BY provider"_s, {},
                          [](const Row &row) { return OfProvider {.provider = row.text(0), .identities = row.integer(1)}; });
}

Result<qint64> IdentityStore::countOnlyBy(DbConnection &connection, const QString &provider, const QString &rpId)
{
    return connection.number(
        u"SELECT count(DISTINCT user_id) FROM identities AS one WHERE provider = ? "
        "AND NOT EXISTS (SELECT 1 FROM credentials WHERE credentials.user_id = one.user_id AND kind = 'password') "
        "AND NOT EXISTS (SELECT 1 FROM passkeys WHERE passkeys.user_id = one.user_id AND rp_id = ?) "
        "AND NOT EXISTS (SELECT 1 FROM identities AS other JOIN oauth_providers ON oauth_providers.name = other.provider "
        "WHERE other.user_id = one.user_id AND other.provider <> one.provider AND enabled = 1)"_s,
        {provider, bound(rpId)});
}

Result<void> IdentityStore::updateUse(DbConnection &connection, const Identity &identity)
{
    return oneIdentity(connection.run(
        u"UPDATE identities SET provider = ?, email = ?, email_verified = ?, last_used_at = ? WHERE id = ? AND user_id = ?"_s,
        {identity.provider, bound(identity.email), bound(identity.isEmailVerified), bound(identity.lastUsedAt), bound(identity.id),
         bound(identity.user)}));
}

Result<void> IdentityStore::remove(DbConnection &connection, Id user, Id identity)
{
    return oneIdentity(connection.run(u"DELETE FROM identities WHERE id = ? AND user_id = ?"_s, {bound(identity), bound(user)}));
}

Result<qint64> IdentityStore::removeByUser(DbConnection &connection, Id user)
{
    return connection.run(u"DELETE FROM identities WHERE user_id = ?"_s, {bound(user)});
}

Result<qint64> IdentityStore::removeByProvider(DbConnection &connection, const QString &provider, int limit)
{
    return connection.run(u"DELETE FROM identities WHERE id IN (SELECT id FROM identities WHERE provider = ? LIMIT ?)"_s,
                          {provider, limit});
}

} // namespace warder
