#include "core/backup/BackupMaking.h"

#include "core/backup/BackupCheck.h"
#include "core/backup/BackupDigest.h"
#include "core/backup/BackupFiles.h"
#include "core/storage/DatabaseCopy.h"
#include "core/storage/DbConnection.h"

#include <QFileInfo>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Back from the write-ahead log: one file that can also be read where nobody may write.
Result<void> closeLog(DbConnection &connection)
{
    const auto mode = connection.one(u"PRAGMA journal_mode=DELETE"_s, {}, [](const Row &row) { return row.text(0); });
    if (!mode)
        return refused(mode);
    if (mode->value_or(QString()) != "delete"_L1)
        return refused(ErrorCode::StorageFailure, u"SQLite leaves the copy in mode %1"_s.arg(mode->value_or(QString())));
    return {};
}

/// The manifest, without its digest, goes into the copy; gives where it stands.
Result<BackupManifestStore::Page> describe(const QString &copy, BackupManifest &manifest, TimePoint now)
{
    DbConnection connection(copy, DbConnection::Access::ReadWrite);
    const auto drafted = BackupManifestStore::draft(connection, now);
    if (!drafted)
        return refused(drafted);
    manifest = *drafted;
    manifest.digest = backup_digest::blank();
    return BackupManifestStore::insert(connection, manifest).and_then([&] { return closeLog(connection); }).and_then([&] {
        return BackupManifestStore::page(connection);
    });
}

Result<void> seal(const QString &copy, const BackupManifestStore::Page &page, BackupManifest &manifest, const BackupSteps &steps)
{
    const auto digest = backup_digest::of(copy, page, manifest.digest, steps.stop);
    if (!digest)
        return refused(digest);
    manifest.digest = *digest;
    return backup_digest::write(copy, page, *digest);
}

Result<void> checkCopy(const QString &copy, const BackupSteps &steps)
{
    const auto checked = BackupCheck::whole(copy, steps);
    if (!checked)
        return refused(checked);
    return checked->fault
               ? Result<void>(refused(ErrorCode::StorageFailure,
                                      u"the copy of the database is no good (%1): %2"_s.arg(nameOf(*checked->fault), checked->detail)))
               : Result<void>();
}

} // namespace

Result<BackupManifest> makeBackup(const QString &database, const QString &path, TimePoint now, const BackupSteps &steps)
{
    if (steps.isStopped())
        return refused(ErrorCode::Busy, u"it was stopped before it began"_s);
    const auto growing = backup_files::begin(path, QFileInfo(database).size() + QFileInfo(database + u"-wal"_s).size());
    if (!growing)
        return refused(growing);
    auto leaving = qScopeGuard([&growing] { backup_files::discard(*growing); });
    const auto copied = copyDatabase(database, *growing, [&steps](qint64 done, qint64 all) {
        steps.report(done, all + all / 2 + 1); // the check that follows takes about half of that
        return !steps.isStopped();
    });
    if (!copied)
        return refused(copied);
    BackupManifest manifest;
    const auto whole = describe(*growing, manifest, now)
                           .and_then([&](const BackupManifestStore::Page &page) { return seal(*growing, page, manifest, steps); })
                           .and_then([&] { return checkCopy(*growing, steps); })
                           .and_then([&] { return backup_files::finish(*growing, path); });
    if (!whole)
        return refused(whole);
    leaving.dismiss();
    return manifest;
}

} // namespace warder
