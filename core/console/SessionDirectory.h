#pragma once

#include "core/base/Result.h"
#include "core/console/Console.h"

namespace warder {

class Connection;

/// Sessions with the names of their users, as the console lists them: newest first, by keyset, without counting rows.
namespace SessionDirectory {

/// Those after `before` (a session id; null: from the newest).
Result<QList<SessionView>> page(Connection &connection, const SessionFilter &filter, Id before, int limit, TimePoint now);

} // namespace SessionDirectory
} // namespace warder
