#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/console/orders/Members.h"
#include "core/console/orders/Sessions.h"

#include <functional>

namespace warder {

class DbConnection;
class SessionIndex;

/// Sessions with the names of their users, as the console lists them: newest first, by keyset.
namespace SessionDirectory {

/// Those before `before` (a session id; null: from the newest), at most `limit`, which is 1–500. What a text is looked for in is read from
/// the index. The caller knows the position.
Result<PageOf<SessionView>> page(DbConnection &connection, SessionIndex &index, const SessionFilter &filter, Id before, int limit,
                                 TimePoint now);

/// All that are live or ended after `since`, in no order.
Result<void> eachSince(DbConnection &connection, TimePoint since, const std::function<void(const SessionView &)> &take);

} // namespace SessionDirectory
} // namespace warder
