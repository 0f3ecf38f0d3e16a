#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Result.h"

#include <QList>

namespace warder {

class Connection;

/// The append-only record. Functions join the caller's transaction or read on the caller's connection.
namespace AuditStore {

Result<void> append(Connection &connection, const AuditEvent &event);

/// Newest first, at most `limit`; of one subject and type where given.
Result<QList<AuditEvent>> newest(Connection &connection, std::optional<Id> subject, const QString &type, int limit);

} // namespace AuditStore
} // namespace warder
