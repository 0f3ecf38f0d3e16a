#pragma once

#include "core/backup/BackupManifest.h"
#include "core/backup/BackupSteps.h"
#include "core/base/BackupFault.h"
#include "core/base/KeyFit.h"
#include "core/sealing/MasterKeyStore.h"

namespace warder {

class MasterKeySources;

/// What a look at a backup's file has found.
struct CheckedBackup
{
    std::optional<BackupManifest> manifest = {};
    std::optional<BackupFault> fault = {};
    QString detail = {};                           ///< Of the fault, in SQLite's words.
    std::optional<MasterKeyNote> sealedUnder = {}; ///< Nothing: nothing was ever sealed in it.
};

/// How backups are judged. Changes no file, and makes none beside it, unless some of SQLite's lie there already. Any thread.
namespace BackupCheck {

/// Everything: that it is one, SQLite's integrity check, foreign keys, the digest, and whether this program knows its schema. NotFound
/// where there is no file, Busy where it was stopped. Reads all of it, twice.
Result<CheckedBackup> whole(const QString &path, const BackupSteps &steps = {});

/// Only what it says of itself.
CheckedBackup atAGlance(const QString &path);

/// Which database it is a copy of: BackupStore::codeOf(); empty where it does not say.
QString databaseOf(const QString &path);

/// Whether the key of `here` opens it; `here` is nothing where nothing was ever sealed.
KeyFit fitOf(const CheckedBackup &backup, const std::optional<MasterKeyNote> &here);
/// The same where no server runs: by the keys that lie where the settings look for them.
KeyFit fitAmong(const CheckedBackup &backup, const MasterKeySources &sources);

} // namespace BackupCheck
} // namespace warder
