#pragma once

#include "core/alarms/StoredAlarm.h"
#include "core/base/Result.h"

#include <QList>

#include <functional>

namespace warder {

class DbConnection;

/// The SQL of the table `alarms`. Each function runs on the caller's connection.
namespace AlarmStore {

inline constexpr qint64 most = 10'000;

/// Writes it in the transaction of its cause: both are on disk, or neither. Another one of an episode that nobody calls done raises the
/// count of that row, and leaves its state. Where there is no room the oldest go: those that are done first, then those of the type that
/// has most, so that an attack of one kind pushes out no alarm of another.
Result<void> raise(DbConnection &connection, const RaisedAlarm &alarm, qint64 room = most);

/// Takes an alarm; false: enough.
using Take = std::function<bool(const StoredAlarm &alarm)>;
/// Newest first, by keyset: those before `before` (null: from the newest) in one of the states (none: in any).
Result<void> each(DbConnection &connection, const QList<AlarmState> &states, Id before, const Take &take);
Result<qint64> count(DbConnection &connection, const QList<AlarmState> &states);
Result<std::optional<StoredAlarm>> find(DbConnection &connection, Id alarm);

/// Gives each of these that state, and notes who said so; what is done does not become seen. How many changed.
Result<int> mark(DbConnection &connection, const QList<Id> &alarms, AlarmState state, const QString &actor, TimePoint now);

/// Removes those that were done before `before`, at most `limit`; how many went.
Result<qint64> removeDone(DbConnection &connection, TimePoint before, int limit);

} // namespace AlarmStore
} // namespace warder
