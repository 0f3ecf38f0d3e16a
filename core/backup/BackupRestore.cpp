#include "core/backup/BackupRestore.h"

#include "core/audit/AuditStore.h"
#include "core/backup/DatabaseFiles.h"
#include "core/platform/Files.h"
#include "core/storage/Database.h"
#include "core/storage/DatabaseCopy.h"
#include "core/telemetry/Log.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto keptInfix = ".before-restore-"_L1;

QString keptName(const QString &database, TimePoint now)
{
    return database + keptInfix + toText(now).remove(u'-').remove(u':').remove(u'.');
}

QString undoneName(const QString &database) { return database + ".undone"_L1; }

QString adviceFor(BackupFault fault)
{
    switch (fault) {
    case BackupFault::NoBackup: return u"this is no backup of Warder's"_s;
    case BackupFault::Damaged:  return u"this backup is damaged: take another one"_s;
    case BackupFault::Orphans:
    case BackupFault::Changed:  return u"this backup is not as it was written: take another one"_s;
    case BackupFault::Newer:    return u"this backup was made by a newer Warder: restore it with that one"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

Result<void> recordIn(Database &database, QLatin1StringView type, const QString &actor, const QString &file, TimePoint now)
{
    return database.write([&](Transaction &transaction) {
        return AuditStore::append(transaction, {.at = now, .type = type, .actor = actor, .details = {{u"file"_s, file}}});
    });
}

/// What was written into it survives a power cut.
Result<void> bringToDisk(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly) && platform::sync(file.handle()))
        return {};
    return refused(ErrorCode::StorageUnavailable, u"%1 cannot be brought to the disk: %2"_s.arg(path, qt_error_string(errno)));
}

} // namespace

BackupRestore::~BackupRestore() { database_files::removeAll(preparedPath()); }

Result<void> BackupRestore::copyIn(const QString &file, const BackupSteps &steps) const
{
    database_files::removeAll(preparedPath()); // a restore that was cut short
    if (!platform::openLockFile(preparedPath()).isOpen())
        return refused(ErrorCode::StorageUnavailable, u"%1 cannot be created: %2"_s.arg(preparedPath(), qt_error_string(errno)));
    return copyDatabase(file, preparedPath(), [&steps](qint64 done, qint64 all) {
        steps.report(done, all);
        return !steps.isStopped();
    });
}

Result<void> BackupRestore::bringUpToDate() const
{
    const auto database = Database::open(preparedPath(), Upgrading::Upgrade);
    if (!database)
        return refused(database);
    return (*database)->write([](DbConnection &connection) { return BackupManifestStore::remove(connection); });
}

void BackupRestore::compare(Preview &preview, TimePoint now, const BackupSteps &steps) const
{
    preview.isReplacing = QFileInfo(m_database).size() > 0;
    if (!preview.isReplacing)
        return;
    auto difference = differenceBetween(m_database, preparedPath(), now, steps);
    if (difference)
        preview.difference = *std::move(difference);
    else
        preview.whyUnknown = difference.error().detail;
}

Result<BackupRestore::Preview> BackupRestore::prepare(const QString &file, TimePoint now, const BackupSteps &steps)
{
    const auto checked = BackupCheck::whole(file, steps);
    if (!checked)
        return refused(checked);
    if (checked->fault)
        return refused(checked->fault == BackupFault::Newer ? ErrorCode::Conflict : ErrorCode::StorageFailure,
                       u"%1: %2 (%3)"_s.arg(file, adviceFor(*checked->fault), checked->detail));
    const auto ready = copyIn(file, steps).and_then([this] { return bringUpToDate(); });
    if (!ready)
        return refused(ready);
    Preview preview {.backup = *checked};
    compare(preview, now, steps);
    if (steps.isStopped())
        return refused(ErrorCode::Busy, u"it was stopped before it was complete"_s);
    m_file = file;
    m_isPrepared = true;
    return preview;
}

Result<QString> BackupRestore::apply(const QString &actor, TimePoint now)
{
    if (!m_isPrepared)
        return refused(ErrorCode::Internal, u"a restore is prepared first"_s);
    {
        const auto database = Database::open(preparedPath(), Upgrading::Never);
        if (!database)
            return refused(database);
        if (const auto recorded = recordIn(**database, audit::backupRestored, actor, m_file, now); !recorded)
            return refused(recorded);
    }
    if (const auto written = bringToDisk(preparedPath()); !written)
        return refused(written);
    const QString kept = QFileInfo::exists(m_database) ? keptName(m_database, now) : QString();
    if (!kept.isEmpty()) {
        (void)database_files::settle(m_database); // a damaged one keeps its log, which goes along
        if (const auto done = database_files::keepAs(m_database, kept); !done)
            return refused(done);
    }
    QFile::remove(m_database + "-wal"_L1); // of a database that is gone
    if (const auto placed = database_files::putInPlace(preparedPath(), m_database); !placed)
        return refused(placed);
    m_isPrepared = false;
    database_files::removeAll(preparedPath()); // what an upgrade kept of the copy
    return kept;
}

Result<QString> BackupRestore::undo(const DataDirectory &directory, const QString &actor, TimePoint now)
{
    const QString database = directory.databasePath();
    const QString kept = keptOf(database, now);
    if (kept.isEmpty())
        return refused(ErrorCode::NotFound, u"nothing was restored in %1, or it was taken back already"_s.arg(directory.path()));
    const QString undone = undoneName(database);
    database_files::removeAll(undone);
    (void)database_files::settle(database);
    const auto placed = database_files::keepAs(database, undone).and_then([&] { return database_files::putInPlace(kept, database); });
    if (!placed)
        return refused(placed);
    const auto opened = Database::open(database, Upgrading::Never); // one that was damaged is back all the same
    const auto recorded = opened ? recordIn(**opened, audit::restoreUndone, actor, kept, now) : Result<void>(refused(opened));
    if (!recorded)
        log(LogLevel::Warning, "undo_not_recorded"_L1, {{"why"_L1, recorded.error().detail}});
    return undone;
}

/// The one that was kept last, those with a time still to come being older: the clock was set back.
QString BackupRestore::keptOf(const QString &database, TimePoint now)
{
    const QFileInfo file(database);
    QStringList names = file.dir().entryList({file.fileName() + keptInfix + u'*'}, QDir::Files | QDir::NoSymLinks, QDir::Name);
    names.removeIf([](const QString &name) { return name.endsWith("-wal"_L1) || name.endsWith("-shm"_L1); });
    if (names.isEmpty())
        return {};
    const auto later = std::ranges::upper_bound(names, QFileInfo(keptName(database, now)).fileName());
    return file.dir().filePath(later == names.begin() ? names.last() : *(later - 1));
}

Result<void> BackupRestore::redo(const DataDirectory &directory, const QString &kept)
{
    const QString database = directory.databasePath();
    (void)database_files::settle(database);
    return database_files::keepAs(database, kept).and_then([&] { return database_files::putInPlace(undoneName(database), database); });
}

} // namespace warder
