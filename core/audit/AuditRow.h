#pragma once

#include "core/audit/AuditEvent.h"
#include "core/storage/Row.h"

#include <QByteArray>

namespace warder {

/// An event as the table has it: with its place in the chain, and as the bytes that its hash is made of. A value; any thread.
struct AuditRow
{
    qint64 seq = 0; ///< Counts up by one in the order of the commits; without gaps.
    Id id;
    TimePoint at;
    QString type;
    QString actor;
    std::optional<Id> subject = {};
    std::optional<Id> session = {};
    QString address = {};
    QString details = {}; ///< A JSON object, as it is stored.
    QByteArray hash = {}; ///< See AuditChain; empty for records of before there was a chain.

    AuditEvent toEvent() const;
};

/// The columns of the table, once: what fromAuditColumns() reads, in its order.
inline constexpr QStringView auditColumns = u"seq, id, at, type, actor, subject_id, session_id, address, details, hash";
AuditRow fromAuditColumns(const Row &row);

/// Below every id made at `time` or later: a UUIDv7 begins with its 48 bits of milliseconds. Before 1970 there are none.
Id firstIdAt(TimePoint time);
/// No UUIDv7 is as large.
Id lastPossibleId();

} // namespace warder
