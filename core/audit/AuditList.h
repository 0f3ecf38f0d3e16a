#pragma once

#include "core/audit/AuditRow.h"
#include "core/base/Result.h"

#include <QList>
#include <QStringList>

namespace warder {

class DbConnection;

/// Which records a list shows.
struct AuditFilter
{
    QStringList types = {};         ///< Any of these; empty: all.
    std::optional<Id> subject = {}; ///< Whom they are about.
    std::optional<Id> session = {}; ///< Of the subject, which it needs.
    QString address = {};           ///< As it is recorded; empty: any.
    std::optional<TimePoint> from = {};
    std::optional<TimePoint> until = {}; ///< Before that.
};

/// Lists of the record. One predicate, matches(), stands behind all of them; SQL only spares it rows, by the index that leaves fewest: that
/// of the subject, of the address, of each type, or of the time. On the caller's read connection; a list that is cancelled fails
/// (DbConnection::stopWhen()).
namespace AuditList {

/// Pure.
bool matches(const AuditRow &row, const AuditFilter &filter);

/// Newest first, at most `limit`; older than `before`, the last id of the page before.
Result<QList<AuditRow>> newest(DbConnection &connection, const AuditFilter &filter, const std::optional<Id> &before, int limit);

/// The same from `from` on (none: from the oldest), oldest first.
Result<QList<AuditRow>> oldest(DbConnection &connection, const AuditFilter &filter, const std::optional<Id> &from, int limit);

/// How many the filter shows at this moment.
Result<qint64> count(DbConnection &connection, const AuditFilter &filter);

/// In the order in which they were written, from the one after number `after` on.
struct Written
{
    QList<AuditRow> rows = {};
    qint64 lookedAt = 0; ///< Up to here; where the next question begins.
    bool hasMore = false;
};
/// Looks at no more than `limit` records, whether they match or not.
Result<Written> writtenSince(DbConnection &connection, const AuditFilter &filter, qint64 after, int limit);

/// Who ended a session, and why: its newest such record; nothing where nobody did, or it is too long ago.
Result<std::optional<AuditRow>> endOfSession(DbConnection &connection, Id user, Id session);

} // namespace AuditList
} // namespace warder
