#include "core/audit/AuditList.h"

#include "core/storage/DbConnection.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Ids are in the order of time, so that a range of time is one of ids.
struct IdRange
{
    Id from; ///< This one is in it.
    Id end;
    bool oldestFirst = false;
};

IdRange rangeOf(const AuditFilter &filter, const std::optional<Id> &before)
{
    const Id end = filter.until ? firstIdAt(*filter.until) : lastPossibleId();
    return {.from = filter.from ? firstIdAt(*filter.from) : Id {}, .end = before ? std::min(*before, end) : end};
}

/// The rows of one index, in the range's order.
Result<void> eachOf(DbConnection &connection, const QString &index, const QVariant &key, const IdRange &range,
                    const std::function<bool(const AuditRow &)> &take)
{
    static const QString select = u"SELECT %1 FROM audit_events WHERE %2id >= ? AND id < ? ORDER BY id %3"_s.arg(auditColumns);
    QVariantList values {bound(range.from), bound(range.end)};
    if (key.isValid())
        values.prepend(key);
    return connection.each(select.arg(index, range.oldestFirst ? u"ASC"_s : u"DESC"_s), values,
                           [&take](const Row &row) { return take(fromAuditColumns(row)); });
}

/// Those that may match, in the range's order; of several types one type after the other.
Result<void> eachCandidate(DbConnection &connection, const AuditFilter &filter, const IdRange &range,
                           const std::function<bool(const AuditRow &)> &take)
{
    if (filter.subject)
        return eachOf(connection, u"subject_id = ? AND "_s, bound(*filter.subject), range, take);
    if (!filter.address.isEmpty())
        return eachOf(connection, u"address = ? AND "_s, filter.address, range, take);
    if (filter.types.isEmpty())
        return eachOf(connection, {}, {}, range, take);
    Result<void> read;
    for (const QString &type : filter.types)
        read = read.and_then([&] { return eachOf(connection, u"type = ? AND "_s, type, range, take); });
    return read;
}

/// The first ones of several types: that many of each, and then the first of them all.
Result<QList<AuditRow>> firstOfTypes(DbConnection &connection, const AuditFilter &filter, const IdRange &range, int limit)
{
    QList<AuditRow> rows;
    for (const QString &type : filter.types) {
        int taken = 0;
        const auto read = eachOf(connection, u"type = ? AND "_s, type, range, [&](const AuditRow &row) {
            rows += row;
            return ++taken < limit;
        });
        if (!read)
            return refused(read);
    }
    std::ranges::sort(rows, [&range](const AuditRow &a, const AuditRow &b) { return range.oldestFirst ? a.id < b.id : a.id > b.id; });
    return rows.first(std::min<qsizetype>(rows.size(), limit));
}

Result<QList<AuditRow>> firstIn(DbConnection &connection, const AuditFilter &filter, const IdRange &range, int limit)
{
    if (!filter.subject && filter.address.isEmpty() && !filter.types.isEmpty())
        return firstOfTypes(connection, filter, range, limit);
    QList<AuditRow> rows;
    return eachCandidate(connection, filter, range,
                         [&](const AuditRow &row) {
                             if (AuditList::matches(row, filter))
                                 rows += row;
                             return rows.size() < limit;
                         })
        .transform([&rows] { return rows; });
}

Result<qint64> countInRange(DbConnection &connection, const QString &index, const QVariant &key, const IdRange &range)
{
    static const QString select = u"SELECT count(*) FROM audit_events WHERE %1id >= ? AND id < ?"_s;
    QVariantList values {bound(range.from), bound(range.end)};
    if (key.isValid())
        values.prepend(key);
    return connection.number(select.arg(index), values);
}

/// The numbers have no gaps, so that nobody need count.
Result<qint64> countAll(DbConnection &connection)
{
    return connection.number(u"SELECT coalesce((SELECT max(seq) FROM audit_events) - (SELECT min(seq) FROM audit_events) + 1, 0)"_s);
}

} // namespace

bool AuditList::matches(const AuditRow &row, const AuditFilter &filter)
{
    return (filter.types.isEmpty() || filter.types.contains(row.type)) && (!filter.subject || row.subject == filter.subject)
           && (!filter.session || row.session == filter.session) && (filter.address.isEmpty() || row.address == filter.address)
           && (!filter.from || row.at >= *filter.from) && (!filter.until || row.at < *filter.until);
}

Result<QList<AuditRow>> AuditList::newest(DbConnection &connection, const AuditFilter &filter, const std::optional<Id> &before, int limit)
{
    return firstIn(connection, filter, rangeOf(filter, before), limit);
}

Result<QList<AuditRow>> AuditList::oldest(DbConnection &connection, const AuditFilter &filter, const std::optional<Id> &from, int limit)
{
    IdRange range = rangeOf(filter, {});
    range.from = std::max(range.from, from.value_or(Id {}));
    range.oldestFirst = true;
    return firstIn(connection, filter, range, limit);
}

Result<qint64> AuditList::count(DbConnection &connection, const AuditFilter &filter)
{
    const IdRange range = rangeOf(filter, {});
    const int keys =
        int(filter.subject.has_value()) + int(filter.session.has_value()) + int(!filter.address.isEmpty()) + int(!filter.types.isEmpty());
    if (keys == 0)
        return filter.from || filter.until ? countInRange(connection, {}, {}, range) : countAll(connection);
    if (keys == 1 && filter.subject)
        return countInRange(connection, u"subject_id = ? AND "_s, bound(*filter.subject), range);
    if (keys == 1 && !filter.address.isEmpty())
        return countInRange(connection, u"address = ? AND "_s, filter.address, range);
    qint64 number = 0;
    if (keys > 1)
        return eachCandidate(connection, filter, range,
                             [&](const AuditRow &row) {
                                 number += matches(row, filter) ? 1 : 0;
                                 return true;
                             })
            .transform([&number] { return number; });
    for (const QString &type : filter.types) {
        const auto ofType = countInRange(connection, u"type = ? AND "_s, type, range);
        if (!ofType)
            return ofType;
        number += *ofType;
    }
    return number;
}

Result<AuditList::Written> AuditList::writtenSince(DbConnection &connection, const AuditFilter &filter, qint64 after, int limit)
{
    static const QString sql = u"SELECT %1 FROM audit_events WHERE seq > ? ORDER BY seq LIMIT ?"_s.arg(auditColumns);
    Written written {.lookedAt = after};
    int looked = 0;
    return connection
        .each(sql, {after, limit + 1},
              [&](const Row &columns) {
                  written.hasMore = looked++ == limit;
                  if (written.hasMore)
                      return false;
                  const AuditRow row = fromAuditColumns(columns);
                  written.lookedAt = row.seq;
                  if (matches(row, filter))
                      written.rows += row;
                  return true;
              })
        .transform([&written] { return written; });
}

Result<std::optional<AuditRow>> AuditList::endOfSession(DbConnection &connection, Id user, Id session)
{
    static const QString sql = u"SELECT %1 FROM audit_events WHERE subject_id = ? AND session_id = ? AND type IN (?, ?) "
                               "ORDER BY id DESC LIMIT 1"_s.arg(auditColumns);
    return connection.one(sql, {bound(user), bound(session), QString(audit::sessionRevoked), QString(audit::refreshReused)},
                          fromAuditColumns);
}

} // namespace warder
