#include "core/audit/AuditRow.h"

#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>

namespace warder {

AuditEvent AuditRow::toEvent() const
{
    return {.id = id,
            .at = at,
            .type = type,
            .actor = actor,
            .subject = subject,
            .session = session,
            .address = address,
            .details = QJsonDocument::fromJson(details.toUtf8()).object()};
}

AuditRow fromAuditColumns(const Row &row)
{
    return {.seq = row.integer(0),
            .id = row.id(1),
            .at = row.time(2),
            .type = row.text(3),
            .actor = row.text(4),
            .subject = Id::fromBytes(row.bytes(5)),
            .session = Id::fromBytes(row.bytes(6)),
            .address = row.text(7),
            .details = row.text(8),
            .hash = row.bytes(9)};
}

Id firstIdAt(TimePoint time)
{
    constexpr qint64 most = (qint64(1) << 48) - 1;
    QByteArray bytes(16, '\0');
    qToBigEndian(quint64(std::clamp<qint64>(toMilliseconds(time), 0, most)) << 16, bytes.data());
    return Id::fromBytes(bytes).value_or(Id {});
}

Id lastPossibleId()
{
    static const Id last = Id::fromBytes(QByteArray(16, '\xff')).value_or(Id {});
    return last;
}

} // namespace warder
