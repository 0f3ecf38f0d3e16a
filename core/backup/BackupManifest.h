#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <optional>

namespace warder {

class DbConnection;

/// What a backup says of itself: the one row of its table backup_manifest.
struct BackupManifest
{
    TimePoint createdAt;
    QString version; ///< Of the program that made it.
    int schema = 0;
    qint64 users = 0;
    qint64 sessions = 0; ///< Live ones.
    qint64 keys = 0;     ///< Of the ring.
    QString keyCode;     ///< Check code of the master key that fits: never the key. Empty: nothing was ever sealed.
    qint64 keyVersion = 1;
    QByteArray digest = {}; ///< See backup_digest.

    bool operator==(const BackupManifest &) const = default;
};

/// The SQL of that table. Runs on the caller's connection to a backup's file.
namespace BackupManifestStore {

/// What the database of this connection is to say of itself.
Result<BackupManifest> draft(DbConnection &connection, TimePoint now);
/// In place of one that is there: a backup that was put in a database's place by hand has one.
Result<void> insert(DbConnection &connection, const BackupManifest &manifest);
/// Nothing: the file is no backup.
Result<std::optional<BackupManifest>> find(DbConnection &connection);
Result<void> remove(DbConnection &connection);

/// The page of the file on which the row stands.
struct Page
{
    qint64 offset = 0;
    qint64 size = 0;
};
Result<Page> page(DbConnection &connection);

} // namespace BackupManifestStore
} // namespace warder
