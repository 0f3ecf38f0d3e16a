#include "core/audit/AuditStore.h"

#include "core/audit/AuditChain.h"
#include "core/audit/AuditListener.h"
#include "core/storage/Database.h"
#include "core/storage/Transaction.h"
#include "core/telemetry/Log.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QVariant boundOptional(const std::optional<Id> &id) { return id ? bound(*id) : QVariant(QMetaType::fromType<QByteArray>()); }

AuditRow auditRowOf(const AuditEvent &event, const AuditLink &before)
{
    AuditRow row {.seq = before.seq + 1,
                  .id = Id::create(event.at),
                  .at = event.at,
                  .type = event.type,
                  .actor = event.actor,
                  .subject = event.subject,
                  .session = event.session,
                  .address = event.address,
                  .details = QString::fromUtf8(QJsonDocument(event.details).toJson(QJsonDocument::Compact))};
    row.hash = AuditChain::hashOf(row, before.hash);
    return row;
}

Result<void> insertAuditRow(DbConnection &connection, const AuditRow &row)
{
    static const QString sql = u"INSERT INTO audit_events (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(auditColumns);
    return connection.perform(sql, {row.seq, bound(row.id), bound(row.at), row.type, row.actor, boundOptional(row.subject),
                                    boundOptional(row.session), bound(row.address), row.details, row.hash});
}

AuditEvent toAuditEvent(const Row &row) { return fromAuditColumns(row).toEvent(); }

/// Those at the chain's beginning that are old enough: how many, and the last of them.
struct OldRecords
{
    qint64 count = 0;
    AuditLink last = {};
};

Result<OldRecords> oldRecords(DbConnection &connection, TimePoint before, int limit)
{
    OldRecords old;
    return connection
        .each(u"SELECT seq, at, hash FROM audit_events ORDER BY seq LIMIT ?"_s, {limit},
              [&old, before](const Row &row) {
                  if (row.time(1) >= before)
                      return false;
                  ++old.count;
                  old.last = {.seq = row.integer(0), .hash = row.bytes(2)};
                  return true;
              })
        .transform([&old] { return old; });
}

} // namespace

Result<void> AuditStore::append(Transaction &transaction, const AuditEvent &event)
{
    DbConnection &connection = transaction.connection();
    const auto head = AuditChain::head(connection);
    if (!head)
        return refused(head);
    const AuditRow row = auditRowOf(event, *head);
    const auto written =
        insertAuditRow(connection, row).and_then([&] { return AuditChain::setHead(connection, {.seq = row.seq, .hash = row.hash}); });
    if (AuditListener *listener = transaction.auditListener(); written && listener)
        transaction.afterCommitLast([listener, newest = row.seq] { listener->recorded(newest); });
    return written;
}

void AuditStore::record(Database &database, const QList<AuditEvent> &events)
{
    const auto written = database.write([&](Transaction &transaction) {
        Result<void> appended;
        for (const AuditEvent &event : events)
            appended = appended.and_then([&] { return append(transaction, event); });
        return appended;
    });
    if (!written)
        log(LogLevel::Warning, "audit_failed"_L1, {{"type"_L1, events.first().type}, {"why"_L1, written.error().detail}});
}

Result<QList<AuditEvent>> AuditStore::newest(DbConnection &connection, std::optional<Id> subject, const QString &type, int limit,
                                             std::optional<Id> before)
{
    static const QString select = u"SELECT %1 FROM audit_events WHERE "_s.arg(auditColumns);
    const QVariant end = bound(before.value_or(lastPossibleId()));
    if (subject)
        return connection.all(select + u"subject_id = ? AND id < ? AND (? = '' OR type = ?) ORDER BY id DESC LIMIT ?"_s,
                              {bound(*subject), end, bound(type), bound(type), limit}, toAuditEvent);
    if (!type.isEmpty())
        return connection.all(select + u"type = ? AND id < ? ORDER BY id DESC LIMIT ?"_s, {bound(type), end, limit}, toAuditEvent);
    return connection.all(select + u"id < ? ORDER BY id DESC LIMIT ?"_s, {end, limit}, toAuditEvent);
}

Result<qint64> AuditStore::count(DbConnection &connection, const QString &type, TimePoint from, TimePoint until)
{
    const Id end = until == TimePoint::max() ? lastPossibleId() : firstIdAt(until);
    return connection.number(u"SELECT count(*) FROM audit_events WHERE type = ? AND id >= ? AND id < ?"_s,
                             {type, bound(firstIdAt(from)), bound(end)});
}

Result<qint64> AuditStore::removeOlderThan(DbConnection &connection, TimePoint before, int limit)
{
    const auto old = oldRecords(connection, before, limit);
    const auto anchor = AuditChain::anchor(connection);
    if (!old || !anchor)
        return old ? refused(anchor) : refused(old);
    if (old->count == 0)
        return 0;
    const Result<void> moved = old->last.seq > anchor->seq ? AuditChain::setAnchor(connection, old->last) : Result<void>();
    return moved.and_then([&] { return connection.run(u"DELETE FROM audit_events WHERE seq <= ?"_s, {old->last.seq}); });
}

} // namespace warder
