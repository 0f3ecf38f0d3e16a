#pragma once

#include "core/backup/BackupManifest.h"

#include <functional>

namespace warder {

/// The SHA-256 that a backup's manifest has of the backup's whole file, with 64 times "0" in the place of the digest itself. It finds what
/// a disk or a transfer changed; whoever may write the file may also write another digest. Any thread.
namespace backup_digest {

/// What stands in the place of the digest until it is known.
QByteArray blank();

/// Asked now and then; true: the work is given up, with Busy. May be empty.
using Stop = std::function<bool()>;

/// Of a file in which `written`, which the page has, does not count.
Result<QByteArray> of(const QString &path, const BackupManifestStore::Page &page, const QByteArray &written, const Stop &stop = {});

/// Puts it in the place of blank(), which the page has, and sees to it that it is on the disk.
Result<void> write(const QString &path, const BackupManifestStore::Page &page, const QByteArray &digest);

} // namespace backup_digest
} // namespace warder
