#include "core/audit/AuditStore.h"

#include "core/storage/Database.h"
#include "core/storage/Transaction.h"
#include "core/telemetry/Log.h"

#include <QJsonDocument>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QVariant boundOptional(const std::optional<Id> &id) { return id ? bound(*id) : QVariant(QMetaType::fromType<QByteArray>()); }

std::optional<Id> optionalId(const Row &row, int column) { return row.isNull(column) ? std::nullopt : std::optional(row.id(column)); }

/// The columns that every SELECT of this file has.
AuditEvent toEvent(const Row &row)
{
    return {.id = row.id(0),
            .at = row.time(1),
            .type = row.text(2),
            .actor = row.text(3),
            .subject = optionalId(row, 4),
            .session = optionalId(row, 5),
            .address = row.text(6),
            .details = QJsonDocument::fromJson(row.text(7).toUtf8()).object()};
}

/// Below every id made at `time` or later: a UUIDv7 begins with its 48 bits of milliseconds.
Id firstIdAt(TimePoint time)
{
    QByteArray bytes(16, '\0');
    qToBigEndian(quint64(toMilliseconds(time)) << 16, bytes.data());
    return Id::fromBytes(bytes).value_or(Id {});
}

const Id lastId = Id::fromBytes(QByteArray(16, '\xff')).value_or(Id {}); // no UUIDv7 is as large

} // namespace

Result<void> AuditStore::append(Transaction &transaction, const AuditEvent &event)
{
    return transaction.connection().perform(
        u"INSERT INTO audit_events (id, at, type, actor, subject_id, session_id, address, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {bound(Id::create(event.at)), bound(event.at), event.type, event.actor, boundOptional(event.subject), boundOptional(event.session),
         bound(event.address), QString::fromUtf8(QJsonDocument(event.details).toJson(QJsonDocument::Compact))});
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
    const QVariant end = bound(before.value_or(lastId));
    if (subject)
        return connection.all(u"SELECT id, at, type, actor, subject_id, session_id, address, details FROM audit_events "
                              "WHERE subject_id = ? AND id < ? AND (? = '' OR type = ?) ORDER BY id DESC LIMIT ?"_s,
                              {bound(*subject), end, bound(type), bound(type), limit}, toEvent);
    if (!type.isEmpty())
        return connection.all(u"SELECT id, at, type, actor, subject_id, session_id, address, details FROM audit_events "
                              "WHERE type = ? AND id < ? ORDER BY id DESC LIMIT ?"_s,
                              {bound(type), end, limit}, toEvent);
    return connection.all(u"SELECT id, at, type, actor, subject_id, session_id, address, details FROM audit_events "
                          "WHERE id < ? ORDER BY id DESC LIMIT ?"_s,
                          {end, limit}, toEvent);
}

Result<qint64> AuditStore::count(DbConnection &connection, const QString &type, TimePoint from, TimePoint until)
{
    const Id end = until == TimePoint::max() ? lastId : firstIdAt(until);
    return connection.number(u"SELECT count(*) FROM audit_events WHERE type = ? AND id >= ? AND id < ?"_s,
                             {type, bound(firstIdAt(from)), bound(end)});
}

Result<qint64> AuditStore::removeOlderThan(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM audit_events WHERE id IN (SELECT id FROM audit_events WHERE id < ? ORDER BY id LIMIT ?)"_s,
                          {bound(firstIdAt(before)), limit});
}

} // namespace warder
