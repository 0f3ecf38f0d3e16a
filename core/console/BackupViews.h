#pragma once

#include "core/backup/Backups.h"
#include "core/console/orders/Backups.h"

namespace warder {

/// Turn what the core knows of backups into what an admin sees. Pure; any thread.
BackupView viewOfBackup(const KnownBackup &known);
/// `path`: where the backup lies.
RestorePreview viewOfRestore(const QString &path, const BackupRestore::Preview &preview, KeyFit key);
BackupsView viewOfBackups(const BackupPolicy &policy, const QList<KnownBackup> &known);

} // namespace warder
