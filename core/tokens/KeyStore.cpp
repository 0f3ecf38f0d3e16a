#include "core/tokens/KeyStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

KeyState stateIn(const Row &row, int column) { return fromName<KeyState>(row.text(column)).value_or(KeyState::Revoked); }

SealedKey toSealedKey(const Row &row)
{
    return {.key = {.kid = row.text(0),
                    .purpose = fromName<KeyPurpose>(row.text(1)).value_or(KeyPurpose::Access),
                    .state = stateIn(row, 3),
                    .createdAt = row.time(5),
                    .activatedAt = row.optionalTime(6),
                    .retiredAt = row.optionalTime(7),
                    .verifyUntil = row.optionalTime(8),
                    .revokedAt = row.optionalTime(9),
                    .longestLife = Milliseconds {row.integer(10)}},
            .algorithm = fromName<SignatureAlgorithm>(row.text(2)).value_or(SignatureAlgorithm::HS256),
            .sealed = row.bytes(4)};
}

} // namespace

Result<QList<SealedKey>> KeyStore::all(DbConnection &connection)
{
    return connection.all(u"SELECT kid, purpose, algorithm, state, sealed, created_at, activated_at, retired_at, verify_until, revoked_at, "
                          "longest_life FROM signing_keys ORDER BY created_at DESC, kid"_s,
                          {}, toSealedKey);
}

Result<void> KeyStore::insert(DbConnection &connection, const SealedKey &key)
{
    return connection.perform(
        u"INSERT INTO signing_keys (kid, purpose, algorithm, state, sealed, created_at, activated_at, retired_at, verify_until, "
        "longest_life) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {key.key.kid, nameOf(key.key.purpose), nameOf(key.algorithm), nameOf(key.key.state), key.sealed, bound(key.key.createdAt),
         bound(key.key.activatedAt), bound(key.key.retiredAt), bound(key.key.verifyUntil), qint64(key.key.longestLife.count())});
}

Result<void> KeyStore::retireCurrent(DbConnection &connection, KeyPurpose purpose, TimePoint now)
{
    return connection.perform(u"UPDATE signing_keys SET state = 'retiring', retired_at = ?, verify_until = ? + longest_life "
                              "WHERE purpose = ? AND state = 'current'"_s,
                              {bound(now), bound(now), nameOf(purpose)});
}

Result<std::optional<QString>> KeyStore::activateStandby(DbConnection &connection, const SealedKey &like, TimePoint now)
{
    return connection.one(
        u"UPDATE signing_keys SET state = 'current', activated_at = ?, longest_life = ? WHERE kid = "
        "(SELECT kid FROM signing_keys WHERE purpose = ? AND state = 'standby' AND algorithm = ? LIMIT 1) RETURNING kid"_s,
        {bound(now), qint64(like.key.longestLife.count()), nameOf(like.key.purpose), nameOf(like.algorithm)},
        [](const Row &row) { return row.text(0); });
}

Result<void> KeyStore::raiseLongestLife(DbConnection &connection, KeyPurpose purpose, Milliseconds longestLife)
{
    return connection.perform(u"UPDATE signing_keys SET longest_life = max(longest_life, ?) WHERE purpose = ? AND state = 'current'"_s,
                              {qint64(longestLife.count()), nameOf(purpose)});
}

Result<void> KeyStore::revokeStandby(DbConnection &connection, SignatureAlgorithm kept, TimePoint now)
{
    return connection.perform(u"UPDATE signing_keys SET state = 'revoked', revoked_at = ? WHERE state = 'standby' AND algorithm <> ?"_s,
                              {bound(now), nameOf(kept)});
}

Result<bool> KeyStore::hasStandby(DbConnection &connection)
{
    return connection.one(u"SELECT 1 FROM signing_keys WHERE state = 'standby'"_s, {}, [](const Row &) { return true; })
        .transform([](std::optional<bool> found) { return found.has_value(); });
}

Result<void> KeyStore::revoke(DbConnection &connection, const QString &kid, TimePoint now)
{
    return connection.perform(u"UPDATE signing_keys SET state = 'revoked', revoked_at = ? WHERE kid = ?"_s, {bound(now), kid});
}

Result<bool> KeyStore::removeSpent(DbConnection &connection, const QString &kid)
{
    return connection
        .one(u"DELETE FROM signing_keys WHERE kid = ? AND state IN ('retiring', 'revoked') RETURNING 1"_s, {kid},
             [](const Row &) { return true; })
        .transform([](std::optional<bool> removed) { return removed.has_value(); });
}

Result<KeyState> KeyStore::stateOf(DbConnection &connection, const QString &kid)
{
    const auto state =
        connection.one(u"SELECT state FROM signing_keys WHERE kid = ?"_s, {bound(kid)}, [](const Row &row) { return stateIn(row, 0); });
    if (!state)
        return refused(state);
    return *state ? Result<KeyState>(**state) : refused(ErrorCode::NotFound, u"no key has the id %1"_s.arg(kid.left(64)));
}

} // namespace warder
