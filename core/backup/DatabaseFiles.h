#pragma once

#include "core/base/Result.h"

namespace warder {

/// A database as files: its own and those that SQLite lays beside it. For one that nobody has open. Any thread.
namespace database_files {

/// Brings what stands in the write-ahead log into the database's own file; false where that cannot be done, and the log stays.
bool settle(const QString &path);

/// Gives the database `kept` as a second name, and moves its log, if it has one still, beside that. Afterwards another file may be put in
/// its place; until then it is where it was.
Result<void> keepAs(const QString &path, const QString &kept);

/// Puts `from`, with its log if it has one, in the place of `to`, which is never missing meanwhile. `to` has no log.
Result<void> putInPlace(const QString &from, const QString &to);

/// With everything beside it, also the copies that an upgrade makes.
void removeAll(const QString &path);

} // namespace database_files
} // namespace warder
