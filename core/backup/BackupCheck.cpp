#include "core/backup/BackupCheck.h"

#include "core/backup/BackupDigest.h"
#include "core/backup/BackupStore.h"
#include "core/crypto/MasterKey.h"
#include "core/crypto/Primitives.h"
#include "core/sealing/MasterKeySources.h"
#include "core/storage/DbConnection.h"
#include "core/storage/Migrator.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString firstWords(const Row &row) { return row.text(0); }

CheckedBackup faulty(CheckedBackup backup, BackupFault fault, const QString &detail)
{
    backup.fault = fault;
    backup.detail = detail;
    return backup;
}

CheckedBackup unreadable(const CheckedBackup &backup, const Error &error)
{
    return faulty(backup, error.trouble == StorageTrouble::Damaged ? BackupFault::Damaged : BackupFault::NoBackup, error.detail);
}

/// What it says of itself, with the fault that it says nothing.
CheckedBackup readManifest(DbConnection &connection)
{
    CheckedBackup backup;
    const auto manifest = BackupManifestStore::find(connection);
    if (!manifest)
        return unreadable(backup, manifest.error());
    if (!manifest->has_value())
        return faulty(backup, BackupFault::NoBackup, u"it has no manifest"_s);
    backup.manifest = **manifest;
    const auto note = MasterKeyStore::find(connection);
    if (!note)
        return unreadable(backup, note.error());
    backup.sealedUnder = *note;
    if (backup.manifest->schema > bundledMigrations().size())
        return faulty(backup, BackupFault::Newer,
                      u"its schema is %1, and this Warder knows %2"_s.arg(backup.manifest->schema).arg(bundledMigrations().size()));
    return backup;
}

/// What SQLite says against its inside.
CheckedBackup checkInside(DbConnection &connection, const CheckedBackup &backup)
{
    const auto integrity = connection.one(u"PRAGMA integrity_check(1)"_s, {}, firstWords);
    if (!integrity)
        return faulty(backup, BackupFault::Damaged, integrity.error().detail);
    if (integrity->value_or(QString()) != "ok"_L1)
        return faulty(backup, BackupFault::Damaged, integrity->value_or(QString()));
    const auto orphan = connection.one(u"PRAGMA foreign_key_check"_s, {}, firstWords);
    if (!orphan)
        return faulty(backup, BackupFault::Damaged, orphan.error().detail);
    return orphan->has_value() ? faulty(backup, BackupFault::Orphans, u"rows of %1 have lost their parent"_s.arg(**orphan)) : backup;
}

/// A raw copy of a database has a write-ahead log in its header, for which SQLite would make files beside it; where some are there already,
/// somebody has it open, or a part of it stands in them.
DbConnection::Access accessTo(const QString &path)
{
    const auto lies = [&path](QLatin1StringView end) { return QFileInfo::exists(path + end); };
    const bool isAlone = !lies("-wal"_L1) && !lies("-shm"_L1) && !lies("-journal"_L1);
    return isAlone ? DbConnection::Access::Immutable : DbConnection::Access::ReadOnly;
}

std::unexpected<Error> checkStopped() { return refused(ErrorCode::Busy, u"it was stopped before it was complete"_s); }

Result<CheckedBackup> checkDigest(const QString &path, DbConnection &connection, const CheckedBackup &backup, const BackupSteps &steps)
{
    const QByteArray written = backup.manifest->digest;
    const auto digest = BackupManifestStore::page(connection).and_then([&](const BackupManifestStore::Page &page) {
        return backup_digest::of(path, page, written, steps.stop);
    });
    if (steps.isStopped())
        return checkStopped();
    if (!digest)
        return faulty(backup, BackupFault::Changed, digest.error().detail);
    return *digest == written ? backup : faulty(backup, BackupFault::Changed, u"its SHA-256 is %1"_s.arg(QString::fromLatin1(*digest)));
}

} // namespace

Result<CheckedBackup> BackupCheck::whole(const QString &path, const BackupSteps &steps)
{
    if (!QFileInfo(path).isFile())
        return refused(ErrorCode::NotFound, u"there is no file %1"_s.arg(path));
    DbConnection connection(path, accessTo(path));
    connection.stopWhen(steps.stop);
    CheckedBackup backup = readManifest(connection);
    if (!backup.fault)
        backup = checkInside(connection, backup);
    if (steps.isStopped())
        return checkStopped();
    return backup.fault ? Result<CheckedBackup>(backup) : checkDigest(path, connection, backup, steps);
}

CheckedBackup BackupCheck::atAGlance(const QString &path)
{
    DbConnection connection(path, accessTo(path));
    return readManifest(connection);
}

QString BackupCheck::databaseOf(const QString &path)
{
    DbConnection connection(path, accessTo(path));
    return BackupStore::codeOf(connection).value_or(QString());
}

KeyFit BackupCheck::fitOf(const CheckedBackup &backup, const std::optional<MasterKeyNote> &here)
{
    if (!backup.sealedUnder)
        return KeyFit::Fits;
    if (!here)
        return KeyFit::Missing;
    return equalInConstantTime(backup.sealedUnder->check, here->check) ? KeyFit::Fits : KeyFit::Other;
}

KeyFit BackupCheck::fitAmong(const CheckedBackup &backup, const MasterKeySources &sources)
{
    if (!backup.sealedUnder)
        return KeyFit::Fits;
    for (const MasterKeySource source : sources.policy().sources) {
        const auto key = sources.read(source, backup.sealedUnder->check);
        if (key && !key->has_value())
            continue;
        const bool fits = key && equalInConstantTime(keyCheckValue(**key), backup.sealedUnder->check);
        return fits ? KeyFit::Fits : KeyFit::Other; // the first source that has one decides, as it does at a start
    }
    return KeyFit::Missing;
}

} // namespace warder
