#pragma once

#include "core/backup/BackupManifest.h"
#include "core/backup/BackupSteps.h"

namespace warder {

/// Makes a backup of a database, which may be in use, as the file `path`: copied, with its manifest, checked, on the disk, its owner's
/// alone, and never there by half. See backup_files::begin() for what it refuses; Busy where it was stopped; StorageFailure where what was
/// copied is damaged. Any thread but the writer.
Result<BackupManifest> makeBackup(const QString &database, const QString &path, TimePoint now, const BackupSteps &steps);

} // namespace warder
