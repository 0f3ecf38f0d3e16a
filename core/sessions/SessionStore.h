#pragma once

#include "core/base/Result.h"
#include "core/sessions/Session.h"

#include <QList>

#include <functional>

namespace warder {

class DbConnection;

/// The SQL of the sessions table. Each function runs on the caller's connection: a reader, or the writer inside a transaction.
namespace SessionStore {

Result<void> insert(DbConnection &connection, const Session &session);
Result<std::optional<Session>> findById(DbConnection &connection, Id session);
Result<QList<Session>> findLiveByUser(DbConnection &connection, Id user, TimePoint now, int limit);

/// Makes the session what a refresh made of it; false when `from` was no longer its generation, or it had ended.
Result<bool> rotate(DbConnection &connection, const Session &session, qint64 from);
/// What its owner has proved by now; the session as it is then, nothing if it had ended.
Result<std::optional<Session>> updateProof(DbConnection &connection, Id session, const QStringList &amr, TimePoint now);
/// `refreshes`: as Session has it, with that hit.
Result<void> countGraceHit(DbConnection &connection, Id session, const QString &refreshes);

/// Ends live sessions; the ones that were live come back as they are now. `from`: where that came from, or empty; `refreshes`: as Session
/// has it, with the use that ended it, or empty; `except` stays.
Result<std::optional<Session>> revoke(DbConnection &connection, Id session, SessionEnd reason, const QString &from, TimePoint now,
                                      const QString &refreshes = {});
Result<QList<Session>> revokeByUser(DbConnection &connection, Id user, SessionEnd reason, std::optional<Id> except, TimePoint now);

/// Live sessions of the user but the `most` that were used last; at most 1000 at once.
Result<QList<Id>> unusedLongest(DbConnection &connection, Id user, int most, TimePoint now);

/// Live sessions whose current refresh token was issued from `from` on and before `until`.
Result<QList<Id>> issuedBetween(DbConnection &connection, TimePoint from, TimePoint until, TimePoint now);
Result<qint64> countIssuedBetween(DbConnection &connection, TimePoint from, TimePoint until, TimePoint now);

/// Sessions that ended with the revocation of the key that had signed their refresh token in between, no earlier than `revokedAt`.
Result<qint64> countEndedByKey(DbConnection &connection, TimePoint from, TimePoint until, TimePoint revokedAt);

/// Whether sessions of the user ended since then for a reason that means all of them: signed out everywhere, by an admin, a changed
/// password or changed factors, a disabled account, a stolen token, a sign-in that its owner reported.
Result<bool> wasEndedAsAWhole(DbConnection &connection, Id user, TimePoint since);

/// Ids that ended at or after `since`, with when.
struct Ended
{
    Id session;
    TimePoint at;
};
Result<QList<Ended>> revokedSince(DbConnection &connection, TimePoint since);

/// Takes a session with the e-mail address of its user; false: enough.
using Take = std::function<bool(const Session &session, const QString &email)>;
/// Newest first, by keyset, for as long as `take` wants more: those before `before` (null: from the newest) of `user`; without one those
/// of everybody, which an order of somebody's ended only with `ended`.
Result<void> page(DbConnection &connection, std::optional<Id> user, bool ended, Id before, const Take &take);
/// The same from `from` on (null: from the oldest), oldest first.
Result<void> pageFrom(DbConnection &connection, std::optional<Id> user, bool ended, Id from, const Take &take);
/// Those of these that there are, in their order.
Result<void> each(DbConnection &connection, const QList<Id> &sessions, const Take &take);
/// All that are live or ended after `since`, in no order.
Result<void> eachSince(DbConnection &connection, TimePoint since, const Take &take);

Result<qint64> countLive(DbConnection &connection, TimePoint now);
/// Those of one user.
Result<qint64> countLiveByUser(DbConnection &connection, Id user, TimePoint now);
/// Those that ended or expired before `before`, at most `limit` at once.
Result<qint64> removeEnded(DbConnection &connection, TimePoint before, int limit);

} // namespace SessionStore
} // namespace warder
