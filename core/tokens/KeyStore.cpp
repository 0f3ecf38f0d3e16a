#include "core/tokens/KeyStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

KeyState stateIn(const Row &row, int column) { return fromName<KeyState>(row.text(column)).value_or(KeyState::Revoked); }

SignatureAlgorithm algorithmIn(const Row &row, int column)
{
    return fromName<SignatureAlgorithm>(row.text(column)).value_or(SignatureAlgorithm::HS256);
}

Result<void> beginSpan(DbConnection &connection, const QString &kid, TimePoint now)
{
    return connection.perform(u"INSERT INTO signing_spans (kid, began_at) VALUES (?, ?)"_s, {kid, bound(now)});
}

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
                    .longestLife = Milliseconds {row.integer(10)},
                    .csrfUntil = row.optionalTime(11)},
            .algorithm = algorithmIn(row, 2),
            .sealed = row.bytes(4)};
}

} // namespace

Result<QList<SealedKey>> KeyStore::all(DbConnection &connection)
{
    auto keys = connection.all(u"SELECT kid, purpose, algorithm, state, sealed, created_at, activated_at, retired_at, verify_until, "
                               "revoked_at, longest_life, csrf_until FROM signing_keys ORDER BY created_at DESC, kid"_s,
                               {}, toSealedKey);
    if (!keys)
        return keys;
    QHash<QString, QList<SigningSpan>> spans;
    const auto read =
        connection.each(u"SELECT kid, began_at, ended_at FROM signing_spans ORDER BY began_at, rowid"_s, {}, [&spans](const Row &row) {
            spans[row.text(0)] += {.from = row.time(1), .until = row.optionalTime(2).value_or(TimePoint::max())};
            return true;
        });
    if (!read)
        return refused(read);
    for (SealedKey &key : *keys)
        key.key.spans = spans.value(key.key.kid);
    return keys;
}

Result<void> KeyStore::insert(DbConnection &connection, const SealedKey &key)
{
    return connection
        .perform(u"INSERT INTO signing_keys (kid, purpose, algorithm, state, sealed, created_at, activated_at, retired_at, verify_until, "
                 "longest_life) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {key.key.kid, nameOf(key.key.purpose), nameOf(key.algorithm), nameOf(key.key.state), key.sealed, bound(key.key.createdAt),
                  bound(key.key.activatedAt), bound(key.key.retiredAt), bound(key.key.verifyUntil), qint64(key.key.longestLife.count())})
        .and_then([&] { return key.key.activatedAt ? beginSpan(connection, key.key.kid, *key.key.activatedAt) : Result<void>(); });
}

Result<void> KeyStore::keepFormerCsrf(DbConnection &connection, TimePoint now)
{
    return connection.perform(u"UPDATE signing_keys SET csrf_until = coalesce(verify_until, ? + longest_life) "
                              "WHERE purpose = 'refresh' AND NOT EXISTS (SELECT 1 FROM signing_keys WHERE purpose = 'csrf')"_s,
                              {bound(now)});
}

Result<void> KeyStore::retireCurrent(DbConnection &connection, KeyPurpose purpose, TimePoint now)
{
    return connection
        .perform(u"UPDATE signing_spans SET ended_at = ? WHERE ended_at IS NULL "
                 "AND kid IN (SELECT kid FROM signing_keys WHERE purpose = ? AND state = 'current')"_s,
                 {bound(now), nameOf(purpose)})
        .and_then([&] {
            return connection.perform(u"UPDATE signing_keys SET state = 'retiring', retired_at = ?, verify_until = ? + longest_life "
                                      "WHERE purpose = ? AND state = 'current'"_s,
                                      {bound(now), bound(now), nameOf(purpose)});
        });
}

Result<std::optional<QString>> KeyStore::activateStandby(DbConnection &connection, const SealedKey &like, TimePoint now)
{
    const auto kid = connection.one(u"UPDATE signing_keys SET state = 'current', activated_at = ?, longest_life = ? "
                                    "WHERE purpose = ? AND state = 'standby' AND algorithm = ? RETURNING kid"_s,
                                    {bound(now), qint64(like.key.longestLife.count()), nameOf(like.key.purpose), nameOf(like.algorithm)},
                                    [](const Row &row) { return row.text(0); });
    if (!kid || !kid->has_value())
        return kid;
    return beginSpan(connection, **kid, now).transform([&kid] { return *kid; });
}

Result<void> KeyStore::activateAgain(DbConnection &connection, const QString &kid, Milliseconds longestLife, TimePoint now)
{
    return connection
        .perform(u"UPDATE signing_keys SET state = 'current', retired_at = NULL, verify_until = NULL, longest_life = max(longest_life, ?) "
                 "WHERE kid = ?"_s,
                 {qint64(longestLife.count()), kid})
        .and_then([&] { return beginSpan(connection, kid, now); });
}

Result<void> KeyStore::standBy(DbConnection &connection, const QString &kid)
{
    return connection
        .perform(u"UPDATE signing_keys SET state = 'standby', activated_at = NULL, retired_at = NULL, verify_until = NULL, "
                 "revoked_at = NULL WHERE kid = ?"_s,
                 {kid})
        .and_then([&] { return connection.perform(u"DELETE FROM signing_spans WHERE kid = ?"_s, {kid}); });
}

Result<void> KeyStore::verifyAgain(DbConnection &connection, const QString &kid)
{
    return connection.perform(u"UPDATE signing_keys SET state = 'retiring', revoked_at = NULL WHERE kid = ?"_s, {kid});
}

Result<void> KeyStore::raiseLongestLife(DbConnection &connection, KeyPurpose purpose, Milliseconds longestLife)
{
    return connection.perform(u"UPDATE signing_keys SET longest_life = max(longest_life, ?) WHERE purpose = ? AND state = 'current'"_s,
                              {qint64(longestLife.count()), nameOf(purpose)});
}

Result<void> KeyStore::revokeStandby(DbConnection &connection, KeyPurpose purpose, TimePoint now)
{
    return connection.perform(u"UPDATE signing_keys SET state = 'revoked', revoked_at = ? WHERE purpose = ? AND state = 'standby'"_s,
                              {bound(now), nameOf(purpose)});
}

Result<std::optional<QString>> KeyStore::kidOf(DbConnection &connection, KeyPurpose purpose, KeyState state)
{
    return connection.one(u"SELECT kid FROM signing_keys WHERE purpose = ? AND state = ?"_s, {nameOf(purpose), nameOf(state)},
                          [](const Row &row) { return row.text(0); });
}

Result<std::optional<SignatureAlgorithm>> KeyStore::standbyAlgorithm(DbConnection &connection, KeyPurpose purpose)
{
    return connection.one(u"SELECT algorithm FROM signing_keys WHERE purpose = ? AND state = 'standby'"_s, {nameOf(purpose)},
                          [](const Row &row) { return algorithmIn(row, 0); });
}

Result<void> KeyStore::revoke(DbConnection &connection, const QString &kid, TimePoint now)
{
    return connection.perform(u"UPDATE signing_keys SET state = 'revoked', revoked_at = ? WHERE kid = ?"_s, {bound(now), kid});
}

Result<bool> KeyStore::removeSpent(DbConnection &connection, const QString &kid)
{
    const auto removed = connection.one(u"DELETE FROM signing_keys WHERE kid = ? AND state IN ('retiring', 'revoked') RETURNING 1"_s, {kid},
                                        [](const Row &) { return true; });
    if (!removed || !removed->has_value())
        return removed.transform([](const auto &) { return false; });
    return connection.perform(u"DELETE FROM signing_spans WHERE kid = ?"_s, {kid}).transform([] { return true; });
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
