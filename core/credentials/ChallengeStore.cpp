#include "core/credentials/ChallengeStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView challengeColumns = u"id, purpose, user_id, session_id, data, attempts, created_at, expires_at, answered_at";

QVariant orNull(std::optional<Id> id) { return id ? bound(*id) : QVariant(QMetaType::fromType<QByteArray>()); }

ChallengeStore::Stored toStored(const Row &row)
{
    return {.challenge = {.id = row.bytes(0),
                          .purpose = fromName<ChallengePurpose>(row.text(1)).value_or(ChallengePurpose::SecondFactor),
                          .user = Id::fromBytes(row.bytes(2)),
                          .session = Id::fromBytes(row.bytes(3)),
                          .attempts = int(row.integer(5)),
                          .createdAt = row.time(6),
                          .expiresAt = row.time(7),
                          .answeredAt = row.optionalTime(8)},
            .sealed = row.bytes(4)};
}

} // namespace

Result<void> ChallengeStore::insert(DbConnection &connection, const Stored &row)
{
    static const QString sql = u"INSERT INTO challenges (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(challengeColumns);
    const Challenge &challenge = row.challenge;
    return connection.perform(sql,
                              {challenge.id, nameOf(challenge.purpose), orNull(challenge.user), orNull(challenge.session), row.sealed,
                               challenge.attempts, bound(challenge.createdAt), bound(challenge.expiresAt), bound(challenge.answeredAt)});
}

Result<std::optional<ChallengeStore::Stored>> ChallengeStore::find(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose,
                                                                   int most, TimePoint now)
{
    static const QString sql =
        u"SELECT %1 FROM challenges WHERE id = ? AND purpose = ? AND attempts < ? AND expires_at > ?"_s.arg(challengeColumns);
    return connection.one(sql, {id, nameOf(purpose), most, bound(now)}, toStored);
}

Result<std::optional<ChallengeStore::Stored>> ChallengeStore::countAttempt(DbConnection &connection, const QByteArray &id,
                                                                           ChallengePurpose purpose, int most, TimePoint now)
{
    static const QString sql =
        u"UPDATE challenges SET attempts = attempts + 1 WHERE id = ? AND purpose = ? AND attempts < ? AND expires_at > ? RETURNING %1"_s
            .arg(challengeColumns);
    return connection.one(sql, {id, nameOf(purpose), most, bound(now)}, toStored);
}

Result<std::optional<ChallengeStore::Stored>> ChallengeStore::findSpendable(DbConnection &connection, const QByteArray &id,
                                                                            ChallengePurpose purpose, TimePoint now)
{
    static const QString sql = u"SELECT %1 FROM challenges WHERE id = ? AND purpose = ? AND expires_at > ?"_s.arg(challengeColumns);
    return connection.one(sql, {id, nameOf(purpose), bound(now)}, toStored);
}

Result<std::optional<ChallengeStore::Stored>> ChallengeStore::answer(DbConnection &connection, const QByteArray &id,
                                                                     ChallengePurpose purpose, TimePoint now)
{
    static const QString sql =
        u"UPDATE challenges SET answered_at = ? WHERE id = ? AND purpose = ? AND answered_at IS NULL AND expires_at > ? RETURNING %1"_s.arg(
            challengeColumns);
    return connection.one(sql, {bound(now), id, nameOf(purpose), bound(now)}, toStored);
}

Result<bool> ChallengeStore::hasAnswered(DbConnection &connection, Id user, ChallengePurpose purpose, TimePoint now)
{
    return connection
        .number(u"SELECT count(*) FROM challenges WHERE user_id = ? AND purpose = ? AND answered_at > 0 AND expires_at > ?"_s,
                {bound(user), nameOf(purpose), bound(now)})
        .transform([](qint64 count) { return count > 0; });
}

Result<bool> ChallengeStore::bind(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose, Id user, TimePoint now)
{
    return connection
        .run(u"UPDATE challenges SET user_id = ? WHERE id = ? AND purpose = ? AND user_id IS NULL AND expires_at > ?"_s,
             {bound(user), id, nameOf(purpose), bound(now)})
        .transform([](qint64 changed) { return changed == 1; });
}

Result<void> ChallengeStore::answerOldest(DbConnection &connection, Id user, ChallengePurpose purpose, int most, TimePoint now)
{
    return connection.perform(u"UPDATE challenges SET answered_at = ? WHERE answered_at IS NULL AND id IN (SELECT id FROM challenges "
                              "WHERE user_id = ? AND purpose = ? ORDER BY created_at DESC, id LIMIT -1 OFFSET ?)"_s,
                              {bound(now), bound(user), nameOf(purpose), most});
}

Result<std::optional<ChallengeStore::Stored>> ChallengeStore::remove(DbConnection &connection, const QByteArray &id,
                                                                     ChallengePurpose purpose, TimePoint now)
{
    static const QString sql =
        u"DELETE FROM challenges WHERE id = ? AND purpose = ? AND expires_at > ? RETURNING %1"_s.arg(challengeColumns);
    return connection.one(sql, {id, nameOf(purpose), bound(now)}, toStored);
}

Result<qint64> ChallengeStore::countByUser(DbConnection &connection, Id user, ChallengePurpose purpose, TimePoint now)
{
    return connection.number(u"SELECT count(*) FROM challenges WHERE user_id = ? AND purpose = ? AND expires_at > ?"_s,
                             {bound(user), nameOf(purpose), bound(now)});
}

Result<void> ChallengeStore::removeByUser(DbConnection &connection, Id user)
{
    const QString report = nameOf(ChallengePurpose::SignInReport);
    constexpr auto oldAddress = ChallengePurpose::EmailChangeOld;
    return connection
        .perform(u"DELETE FROM challenges WHERE user_id = ? AND purpose NOT IN (?, ?)"_s, {bound(user), report, nameOf(oldAddress)})
        .and_then([&] { return voidAnswers(connection, user, oldAddress); });
}

Result<void> ChallengeStore::voidAnswers(DbConnection &connection, Id user, ChallengePurpose purpose)
{
    return connection.perform(u"UPDATE challenges SET answered_at = 0 WHERE user_id = ? AND purpose = ?"_s, {bound(user), nameOf(purpose)});
}

Result<void> ChallengeStore::keepFirst(DbConnection &connection, Id user, ChallengePurpose purpose, int most)
{
    return connection.perform(u"DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE user_id = ? AND purpose = ? "
                              "ORDER BY created_at LIMIT -1 OFFSET ?)"_s,
                              {bound(user), nameOf(purpose), most});
}

Result<void> ChallengeStore::removeByPurpose(DbConnection &connection, Id user, ChallengePurpose purpose)
{
    return connection.perform(u"DELETE FROM challenges WHERE user_id = ? AND purpose = ?"_s, {bound(user), nameOf(purpose)});
}

Result<void> ChallengeStore::trimUser(DbConnection &connection, const Challenge &kept, int others)
{
    return connection.perform(
        u"DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE user_id = ? AND purpose = ? AND id <> ? "
        "ORDER BY created_at DESC LIMIT -1 OFFSET ?)"_s,
        {orNull(kept.user), nameOf(kept.purpose), kept.id, others});
}

Result<void> ChallengeStore::trimNobody(DbConnection &connection, qint64 most)
{
    const auto number = connection.number(u"SELECT number FROM row_counts WHERE name = 'challenges_of_nobody'"_s);
    if (!number || *number <= most)
        return number.transform([](qint64) {});
    return connection.perform(
        u"DELETE FROM challenges WHERE id IN (SELECT id FROM challenges INDEXED BY challenges_oldest WHERE user_id IS NULL "
        "ORDER BY expires_at LIMIT ?)"_s,
        {*number - most});
}

Result<qint64> ChallengeStore::removeExpired(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE expires_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
