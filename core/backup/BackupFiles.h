#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/platform/Files.h"

#include <QList>

namespace warder {

/// Backups as files: one grows under another name, is its owner's alone from its first byte, and has its own name only once it is whole
/// and on the disk. Several servers may have one folder: none touches what is another's. Any thread.
namespace backup_files {

/// What one is called that nobody named: "warder-20261129T140300123Z-3f9a1c27.db", by its time and its database (BackupStore::codeOf()).
/// Such names stand in the order of time. Those of earlier versions have no database.
QString nameFor(TimePoint now, const QString &database);

struct Found
{
    QString path;
    qint64 size = 0;
};
/// Files of a folder that may be backups, those named last in the alphabet first, at most 1000; no links. None where there is no folder.
QList<Found> in(const QString &directory);

/// Whether there is room for so many bytes, and for the server to go on writing.
bool hasRoomFor(qint64 bytes, const platform::Space &space);

/// StorageUnavailable, as if the disk were full, where `bytes` beside `path` would leave no room. `what` needs it: "a backup".
Result<void> checkRoom(const QString &path, qint64 bytes, const QString &what);

/// Makes the folder of `path` where it is missing (0700), and the file in which the backup grows. Conflict where something of that name is
/// there; see checkRoom() for `bytes`. Gives the other name.
Result<QString> begin(const QString &path, qint64 bytes);
/// Gives it its own name.
Result<void> finish(const QString &growing, const QString &path);
/// Removes one that is not whole, with what SQLite laid beside it.
void discard(const QString &growing);

/// Of those of this database that nobody named removes all but the newest `kept`, and what a crash left half done: while none of them
/// grows. Gives the names of what went. One that is named by a time still to come, of a clock that was wrong, counts as older than all
/// others.
QStringList removeOld(const QString &directory, const QString &database, int kept, TimePoint now);

} // namespace backup_files
} // namespace warder
