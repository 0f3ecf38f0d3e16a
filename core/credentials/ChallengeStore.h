#pragma once

#include "core/base/Result.h"
#include "core/credentials/Challenge.h"

namespace warder {

class DbConnection;

/// The SQL of the table `challenges`. Each function runs on the caller's connection.
namespace ChallengeStore {

/// A row: `challenge.data` is empty, what it was is `sealed`.
struct Stored
{
    Challenge challenge;
    QByteArray sealed;
};

Result<void> insert(DbConnection &connection, const Stored &row);

/// Those that have not expired, and that were tried fewer than `most` times.
Result<std::optional<Stored>> find(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose, int most, TimePoint now);
/// Counts an attempt and gives the row as it is then; nothing where the most were made already.
Result<std::optional<Stored>> countAttempt(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose, int most,
                                           TimePoint now);
/// Whatever was counted, and whether or not it was answered.
Result<std::optional<Stored>> findSpendable(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose, TimePoint now);
/// Notes that it was answered, and gives the row; nothing where it was answered already.
Result<std::optional<Stored>> answer(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose, TimePoint now);
/// Whether one of this user was answered and has not expired.
Result<bool> hasAnswered(DbConnection &connection, Id user, ChallengePurpose purpose, TimePoint now);
/// Gives one of nobody to a user; false where there is none.
Result<bool> bind(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose, Id user, TimePoint now);
/// Notes of all of the user's but the `most` that were made last that they were answered.
Result<void> answerOldest(DbConnection &connection, Id user, ChallengePurpose purpose, int most, TimePoint now);
/// Deletes the row and gives what it was, however often it was tried.
Result<std::optional<Stored>> remove(DbConnection &connection, const QByteArray &id, ChallengePurpose purpose, TimePoint now);

/// How many of a user have not expired.
Result<qint64> countByUser(DbConnection &connection, Id user, ChallengePurpose purpose, TimePoint now);
/// All of a user but those for reports. The one from the address before, which may report as well, is answered from then on.
Result<void> removeByUser(DbConnection &connection, Id user);
/// They may not be answered any more, and count as if they never were.
Result<void> voidAnswers(DbConnection &connection, Id user, ChallengePurpose purpose);
/// All but the `most` that were made first go.
Result<void> keepFirst(DbConnection &connection, Id user, ChallengePurpose purpose, int most);
Result<void> removeByPurpose(DbConnection &connection, Id user, ChallengePurpose purpose);
/// All but `kept`, which was made just now, and the `others` that were made last: of its user, for its purpose.
Result<void> trimUser(DbConnection &connection, const Challenge &kept, int others);
/// All but the `most` that are good longest, of those that belong to nobody.
Result<void> trimNobody(DbConnection &connection, qint64 most);
/// Those that expired before `before`, at most `limit` at once; how many went.
Result<qint64> removeExpired(DbConnection &connection, TimePoint before, int limit);

} // namespace ChallengeStore
} // namespace warder
