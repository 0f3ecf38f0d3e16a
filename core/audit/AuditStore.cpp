#include "core/audit/AuditStore.h"

#include "core/storage/Connection.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QVariant boundOptional(const std::optional<Id> &id)
{
    return id ? bound(*id) : QVariant(QMetaType::fromType<QByteArray>());
}

std::optional<Id> optionalId(const Row &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.id(column));
}

} // namespace

Result<void> AuditStore::append(Connection &connection, const AuditEvent &event)
{
    const auto done = connection.run(
        u"INSERT INTO audit_events (id, at, type, actor, subject_id, session_id, address, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {bound(Id::create(event.at)), bound(event.at), event.type, event.actor, boundOptional(event.subject), boundOptional(event.session),
         bound(event.address), QString::fromUtf8(QJsonDocument(event.details).toJson(QJsonDocument::Compact))});
    if (!done)
        return refused(done);
    return {};
}

Result<QList<AuditEvent>> AuditStore::newest(Connection &connection, std::optional<Id> subject, const QString &type, int limit)
{
    return connection.all(u"SELECT at, type, actor, subject_id, session_id, address, details FROM audit_events "
                          "WHERE (?1 IS NULL OR subject_id = ?1) AND (?2 = '' OR type = ?2) ORDER BY id DESC LIMIT ?3"_s,
                          {boundOptional(subject), bound(type), limit}, [](const Row &row) {
                              return AuditEvent {.at = row.time(0), .type = row.text(1), .actor = row.text(2), .subject = optionalId(row, 3),
                                                 .session = optionalId(row, 4), .address = row.text(5),
                                                 .details = QJsonDocument::fromJson(row.text(6).toUtf8()).object()};
                          });
}

} // namespace warder
