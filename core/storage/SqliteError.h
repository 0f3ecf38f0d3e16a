#pragma once

#include "core/base/Error.h"

namespace warder {

/// What a result code of SQLite's (https://sqlite.org/rescode.html) means for whoever asked: StorageUnavailable for what may pass,
/// StorageFailure for what will not, Conflict for a broken UNIQUE rule, NotFound where the row is gone that another one belongs to.
/// `words`: SQLite's own. Pure; any thread.
Error sqliteError(int code, const QString &words);

} // namespace warder
