#include "core/console/Cursors.h"

#include "core/audit/AuditRow.h"

namespace warder {

QString cursorAt(TimePoint time) { return firstIdAt(time).toString(); }

} // namespace warder
