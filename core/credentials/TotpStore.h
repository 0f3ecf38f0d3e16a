#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"

namespace warder {

class DbConnection;

/// An authenticator app of an account, without its secret.
struct TotpFactor
{
    Id id;
    Id user;
    QString name = {}; ///< What its owner calls it; may be empty.
    TimePoint createdAt = {};
    std::optional<TimePoint> confirmedAt = {}; ///< Nothing while it is being set up: then it counts for nothing.
    std::optional<TimePoint> lastUsedAt = {};
};

/// The SQL of the table `totp_factors`. Each function runs on the caller's connection.
namespace TotpStore {

struct Stored
{
    TotpFactor factor;
    QByteArray sealed;   ///< The secret.
    qint64 lastStep = 0; ///< Codes up to this one are spent (Totp::match()).
};

Result<void> insert(DbConnection &connection, const Stored &row);

/// Confirmed ones, oldest first.
Result<QList<Stored>> findByUser(DbConnection &connection, Id user);
/// One that its owner began to set up at `since` or later.
Result<std::optional<Stored>> findUnconfirmed(DbConnection &connection, Id user, Id factor, TimePoint since);
/// How many are confirmed.
Result<qint64> countByUser(DbConnection &connection, Id user);

/// Takes the code of a step; false if that step, or a later one, was taken already, or the app is gone.
Result<bool> spend(DbConnection &connection, Id factor, qint64 step, TimePoint now);
/// The first code of an app takes its step as well; false if it is not there, or is confirmed.
Result<bool> confirm(DbConnection &connection, Id user, Id factor, qint64 step, TimePoint now);

/// A confirmed one; false if it was not there.
Result<bool> remove(DbConnection &connection, Id user, Id factor);
Result<void> removeUnconfirmed(DbConnection &connection, Id user);
/// How many confirmed ones went.
Result<qint64> removeByUser(DbConnection &connection, Id user);
/// Those that were begun before `before` and never confirmed, at most `limit` at once; how many went.
Result<qint64> removeAbandoned(DbConnection &connection, TimePoint before, int limit);

} // namespace TotpStore
} // namespace warder
