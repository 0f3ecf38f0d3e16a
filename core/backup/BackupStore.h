#pragma once

#include "core/base/BackupFault.h"
#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <QHash>

#include <optional>

namespace warder {

class DbConnection;

/// How a backup was when somebody looked at it last.
struct BackupVerdict
{
    TimePoint at;
    std::optional<BackupFault> fault = {}; ///< Nothing: it was good.

    bool operator==(const BackupVerdict &) const = default;
};

/// The SQL of what table facts says about backups. Runs on the caller's connection.
namespace BackupStore {

/// Which database it is, by a code of its first moment: "3f9a1c27". It stays the same for good; copies, and so backups, have the same.
Result<QString> codeOf(DbConnection &connection);

/// When the newest good one was made; nothing: never.
Result<std::optional<TimePoint>> findLast(DbConnection &connection);
Result<void> updateLast(DbConnection &connection, TimePoint at);

/// By path.
Result<QHash<QString, BackupVerdict>> verdicts(DbConnection &connection);
Result<void> updateVerdict(DbConnection &connection, const QString &path, const BackupVerdict &verdict);
/// Of a file that is gone.
Result<void> removeVerdict(DbConnection &connection, const QString &path);

} // namespace BackupStore
} // namespace warder
