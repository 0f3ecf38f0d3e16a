#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Result.h"

#include <QList>

namespace warder {

class Database;
class DbConnection;
class Transaction;

/// The append-only record. Each event is a link of a chain (AuditChain); the database itself refuses to change one, and to remove one that
/// was not given up by moving the anchor.
namespace AuditStore {

/// Records in the transaction of what is told: both are on disk, or neither; the database's AuditListener hears of it after that.
Result<void> append(Transaction &transaction, const AuditEvent &event);

/// Records what has no transaction of its own, such as a refusal, which is answered whether that works or not: a failure is logged. Waits
/// for the writer.
void record(Database &database, const QList<AuditEvent> &events);

/// Newest first, at most `limit`; of one subject and type where given; older than `before`, the last id of the page before.
Result<QList<AuditEvent>> newest(DbConnection &connection, std::optional<Id> subject, const QString &type, int limit,
                                 std::optional<Id> before = std::nullopt);

/// How many of a type were recorded from `from` until before `until`.
Result<qint64> count(DbConnection &connection, const QString &type, TimePoint from, TimePoint until);

/// Removes what was recorded before `before`, in the order of the chain, at most `limit`; how many went. The hash of the last one becomes
/// the chain's anchor. Ends at the first that is younger: one whose time lies in the future, by a clock that was wrong, holds up those
/// behind it, since the other way round such a clock would empty the record.
Result<qint64> removeOlderThan(DbConnection &connection, TimePoint before, int limit);

} // namespace AuditStore
} // namespace warder
