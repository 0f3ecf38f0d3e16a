#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What is wrong with a file that should be a backup: it is none of Warder's, SQLite finds it damaged, rows in it have lost their parent,
/// it is not as it was written, or it was made by a newer Warder than this one.
enum class BackupFault { NoBackup, Damaged, Orphans, Changed, Newer };

template <>
inline constexpr std::array namesOf<BackupFault> {"no_backup"_L1, "damaged"_L1, "orphans"_L1, "changed"_L1, "newer"_L1};

} // namespace warder
