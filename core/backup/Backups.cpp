#include "core/backup/Backups.h"

#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/backup/BackupFiles.h"
#include "core/backup/BackupMaking.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString failedCode = u"backup_failed"_s;
constexpr Milliseconds restoreRemembered = std::chrono::hours {1}; ///< Who was not there should still see it, but not for ever.

void sortByAge(QList<KnownBackup> &backups)
{
    const auto madeAt = [](const KnownBackup &one) -> TimePoint {
        return one.checked.manifest ? one.checked.manifest->createdAt : TimePoint();
    };
    std::stable_sort(backups.begin(), backups.end(),
                     [&madeAt](const KnownBackup &a, const KnownBackup &b) { return madeAt(a) > madeAt(b); });
}

std::unexpected<Error> anotherRestore()
{
    return refused(ErrorCode::Busy, u"another restore is being prepared: wait until that is over"_s);
}

} // namespace

QString Backups::placeOf(const QString &file) const
{
    return QDir::cleanPath(file.startsWith(u'/') ? file : QString(policy().directory + u'/' + file));
}

/// `steps` outlive what is returned.
BackupSteps Backups::untilClosed(const BackupSteps &steps) const
{
    return {.progress = steps.progress, .stop = [this, &steps] { return m_closing || steps.isStopped(); }};
}

Result<std::optional<TimePoint>> Backups::last() const { return BackupStore::findLast(m_database.reader()); }

KnownBackup Backups::describe(const QString &path, CheckedBackup checked, std::optional<BackupVerdict> verdict) const
{
    const auto here = MasterKeyStore::find(m_database.reader());
    const KeyFit key = BackupCheck::fitOf(checked, here ? *here : std::nullopt);
    return {.path = path, .size = QFileInfo(path).size(), .checked = std::move(checked), .key = key, .verdict = std::move(verdict)};
}

Result<KnownBackup> Backups::create(const QString &file, const QString &actor, TimePoint now, const BackupSteps &steps)
{
    const std::unique_lock alone(m_making, std::try_to_lock);
    if (!alone)
        return refused(ErrorCode::Busy, u"another backup is being made: wait until it is there"_s);
    const auto database = BackupStore::codeOf(m_database.reader());
    if (!database)
        return refused(database);
    auto made = make(placeOf(file.isEmpty() ? backup_files::nameFor(now, *database) : file), actor, now, untilClosed(steps));
    if (made)
        m_health.clear(failedCode);
    return made;
}

Result<KnownBackup> Backups::make(const QString &path, const QString &actor, TimePoint now, const BackupSteps &steps)
{
    const auto manifest = makeBackup(m_database.path(), path, now, steps);
    if (!manifest)
        return refused(manifest);
    log(LogLevel::Info, "backup_made"_L1, {{"file"_L1, path}, {"users"_L1, manifest->users}});
    if (const auto noted = note(path, actor, now); !noted) // the file is there and good, which counts
        log(LogLevel::Warning, "backup_not_noted"_L1, {{"why"_L1, noted.error().detail}});
    return describe(path, BackupCheck::atAGlance(path), BackupVerdict {.at = now});
}

Result<void> Backups::note(const QString &path, const QString &actor, TimePoint now) const
{
    return m_database.write([&](Transaction &transaction) {
        return BackupStore::updateLast(transaction, now)
            .and_then([&] { return BackupStore::updateVerdict(transaction, path, {.at = now}); })
            .and_then([&] {
                return AuditStore::append(transaction,
                                          {.at = now, .type = audit::backupCreated, .actor = actor, .details = {{u"file"_s, path}}});
            });
    });
}

Result<QList<KnownBackup>> Backups::list() const
{
    const auto verdicts = BackupStore::verdicts(m_database.reader());
    if (!verdicts)
        return refused(verdicts);
    QList<KnownBackup> all;
    for (const backup_files::Found &file : backup_files::in(policy().directory)) {
        const auto known = verdicts->constFind(file.path);
        all += describe(file.path, BackupCheck::atAGlance(file.path), known == verdicts->constEnd() ? std::nullopt : std::optional(*known));
    }
    sortByAge(all);
    return all;
}

QList<KnownBackup> backupsIn(const BackupPolicy &policy, const MasterKeySources &sources)
{
    QList<KnownBackup> all;
    for (const backup_files::Found &file : backup_files::in(policy.directory)) {
        const CheckedBackup checked = BackupCheck::atAGlance(file.path);
        all += KnownBackup {.path = file.path, .size = file.size, .checked = checked, .key = BackupCheck::fitAmong(checked, sources)};
    }
    sortByAge(all);
    return all;
}

Result<KnownBackup> Backups::verify(const QString &file, TimePoint now, const BackupSteps &steps)
{
    const QString path = placeOf(file);
    if (Database::isFileOfOpen(path))
        return refused(ErrorCode::InvalidInput, u"%1 is the database itself, not a backup of it"_s.arg(path));
    const auto checked = BackupCheck::whole(path, untilClosed(steps));
    if (!checked)
        return refused(checked);
    const BackupVerdict verdict {.at = now, .fault = checked->fault};
    const auto noted = m_database.write([&](DbConnection &connection) { return BackupStore::updateVerdict(connection, path, verdict); });
    if (!noted) // what was found is told all the same
        log(LogLevel::Warning, "backup_not_noted"_L1, {{"why"_L1, noted.error().detail}});
    return describe(path, *checked, verdict);
}

Result<PlannedRestore> Backups::plan(BackupRestore &restore, const QString &path, TimePoint now, const BackupSteps &steps) const
{
    if (Database::isFileOfOpen(path))
        return refused(ErrorCode::InvalidInput, u"%1 is the database itself, not a backup of it"_s.arg(path));
    if (const auto room = backup_files::checkRoom(m_database.path(), QFileInfo(path).size(), u"a restore"_s); !room)
        return refused(room);
    const auto preview = restore.prepare(path, now, untilClosed(steps));
    if (!preview)
        return refused(preview);
    const auto here = MasterKeyStore::find(m_database.reader());
    return PlannedRestore {.path = path, .preview = *preview, .key = BackupCheck::fitOf(preview->backup, here ? *here : std::nullopt)};
}

Result<PlannedRestore> Backups::planRestore(const QString &file, TimePoint now, const BackupSteps &steps)
{
    const std::unique_lock alone(m_restoring, std::try_to_lock);
    if (!alone || m_closing)
        return anotherRestore();
    BackupRestore restore(m_database.path());
    return plan(restore, placeOf(file), now, steps);
}

Result<void> Backups::makeReady(const QString &file, TimePoint now, const BackupSteps &steps, const HandOver &handOver)
{
    const std::unique_lock alone(m_restoring, std::try_to_lock);
    if (!alone || m_closing)
        return anotherRestore();
    auto prepared = std::make_unique<BackupRestore>(m_database.path());
    const auto planned = plan(*prepared, placeOf(file), now, steps);
    if (!planned)
        return refused(planned);
    auto taken = handOver(*planned, std::move(prepared));
    if (taken)
        close(); // another restore would be prepared in the place of this one
    return taken;
}

QString Backups::former(TimePoint now) const { return BackupRestore::keptOf(m_database.path(), now); }

std::optional<RestoreOutcome> Backups::lastRestore() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastRestore;
}

void Backups::noteRestore(const RestoreOutcome &outcome)
{
    {
        const std::lock_guard lock(m_mutex);
        m_lastRestore = outcome;
    }
    if (outcome.problem.isEmpty())
        return log(LogLevel::Info, "database_exchanged"_L1,
                   {{"file"_L1, outcome.file.isEmpty() ? u"-"_s : outcome.file}, {"kept"_L1, outcome.kept}});
    log(LogLevel::Error, "restore_failed"_L1, {{"why"_L1, outcome.problem}});
    m_health.setUntil({.code = u"restore_failed"_s, .detail = outcome.problem}, outcome.at + restoreRemembered, outcome.at);
}

bool Backups::isDue(const BackupPolicy &wanted, TimePoint now)
{
    const auto made = last();
    const auto users = UserStore::count(m_database.reader());
    if (!made || !users || *users == 0) // where the database cannot be read that is told elsewhere
        return false;
    const std::lock_guard lock(m_mutex);
    if (m_closing || !wanted.isDue(*made, m_tried, now))
        return false;
    m_tried = now;
    return true;
}

void Backups::runDue(TimePoint now)
{
    const BackupPolicy wanted = policy();
    if (!wanted.isAutomatic())
        return m_health.clear(failedCode);
    if (!isDue(wanted, now))
        return;
    const auto made = create({}, u"system"_s, now);
    if (made)
        tidy(wanted, now);
    else if (made.error().code != ErrorCode::Busy) // somebody else makes one, or the server ends
        tell(made.error(), now);
}

void Backups::tell(const Error &failure, TimePoint now)
{
    const bool isNew = !m_health.has(failedCode);
    m_health.set({.code = failedCode, .detail = failure.detail}, now);
    if (isNew)
        log(LogLevel::Error, "backup_failed"_L1, {{"why"_L1, failure.detail}});
}

void Backups::tidy(const BackupPolicy &wanted, TimePoint now)
{
    const std::unique_lock alone(m_making, std::try_to_lock);
    if (!alone) // what grows now is no remains of a crash; the next one tidies
        return;
    const auto database = BackupStore::codeOf(m_database.reader());
    for (const QString &name : database ? backup_files::removeOld(wanted.directory, *database, wanted.kept, now) : QStringList())
        log(LogLevel::Info, "backup_removed"_L1, {{"file"_L1, name}});
    const auto verdicts = BackupStore::verdicts(m_database.reader());
    for (const QString &path : verdicts ? verdicts->keys() : QStringList()) {
        if (!QFileInfo::exists(path))
            (void)m_database.write([&](DbConnection &connection) { return BackupStore::removeVerdict(connection, path); });
    }
}

} // namespace warder
