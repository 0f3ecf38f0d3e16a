#pragma once

#include "core/backup/BackupCheck.h"
#include "core/backup/BackupPolicy.h"
#include "core/backup/BackupRestore.h"
#include "core/backup/BackupStore.h"
#include "core/base/RestoreOutcome.h"
#include "core/config/LiveSettings.h"
#include "core/telemetry/Health.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace warder {

class Database;

/// A file that is or should be a backup.
struct KnownBackup
{
    QString path;
    qint64 size = 0;
    CheckedBackup checked = {};                ///< The whole of it only where verify() gave it.
    KeyFit key = KeyFit::Fits;                 ///< Of the master key that is here.
    std::optional<BackupVerdict> verdict = {}; ///< Of the last whole check, its making among them.
};

/// What a restore would do, of a backup that is prepared for it.
struct PlannedRestore
{
    QString path;
    BackupRestore::Preview preview;
    KeyFit key = KeyFit::Fits; ///< Of the master key that is here.
};

/// The backups of a running core: makes them beside everything else, one at a time, lists and checks them. Nobody waits for it: neither the
/// writer nor a request. Any thread but the writer, the GUI's and HTTP's.
class Backups final
{
public:
    Backups(Database &database, const LiveSettings &settings, Health &health, QString dataDirectory)
        : m_database(database), m_settings(settings), m_health(health), m_dataDirectory(std::move(dataDirectory))
    {}

    BackupPolicy policy() const { return BackupPolicy::from(m_settings.get(), m_dataDirectory); }

    /// A backup of what is committed now, as `file` (absolute), or in the policy's directory under a name of the time where that is empty.
    /// Recorded. Busy while another one is made, and where it was stopped; see makeBackup() for the rest.
    Result<KnownBackup> create(const QString &file, const QString &actor, TimePoint now, const BackupSteps &steps = {});

    /// Those of the policy's directory, the newest first.
    Result<QList<KnownBackup>> list() const;

    /// Reads all of it. `file`: absolute, or a name in the policy's directory. The faults that it has are no refusal.
    Result<KnownBackup> verify(const QString &file, TimePoint now, const BackupSteps &steps = {});

    /// Says what a restore of this backup would do, and changes nothing. `file` as for verify(). Busy while another one is looked at or
    /// made ready; see BackupRestore::prepare() for the rest.
    Result<PlannedRestore> planRestore(const QString &file, TimePoint now, const BackupSteps &steps = {});

    /// Who carries a restore out, or has something against it.
    using HandOver = std::function<Result<void>(const PlannedRestore &planned, std::unique_ptr<BackupRestore> prepared)>;
    /// The same, and hands over what was prepared. If it is taken nothing more is made here, as after close(): the server ends.
    Result<void> makeReady(const QString &file, TimePoint now, const BackupSteps &steps, const HandOver &handOver);

    /// What the last restore has replaced, and can be put back: a file; empty: nothing.
    QString former(TimePoint now) const;

    /// What came of the restore because of which this core was opened; nothing where there was none.
    std::optional<RestoreOutcome> lastRestore() const;
    /// One that failed is the health problem `restore_failed`, for an hour.
    void noteRestore(const RestoreOutcome &outcome);

    /// When the newest good one was made here.
    Result<std::optional<TimePoint>> last() const;

    /// Makes the one that is due, if the settings want that and there is an account, and removes those beyond the policy's number. A
    /// failure is the health problem `backup_failed`, and so an alarm; it ends with the next backup that succeeds.
    void runDue(TimePoint now);

    /// Stops what is being made, and makes no more: the server ends.
    void close() { m_closing = true; }

private:
    Result<KnownBackup> make(const QString &path, const QString &actor, TimePoint now, const BackupSteps &steps);
    Result<void> note(const QString &path, const QString &actor, TimePoint now) const;
    KnownBackup describe(const QString &path, CheckedBackup checked, std::optional<BackupVerdict> verdict) const;
    QString placeOf(const QString &file) const;
    BackupSteps untilClosed(const BackupSteps &steps) const;
    Result<PlannedRestore> plan(BackupRestore &restore, const QString &path, TimePoint now, const BackupSteps &steps) const;
    bool isDue(const BackupPolicy &wanted, TimePoint now);
    void tell(const Error &failure, TimePoint now);
    void tidy(const BackupPolicy &wanted, TimePoint now);

    Database &m_database;
    const LiveSettings &m_settings;
    Health &m_health;
    const QString m_dataDirectory;
    std::atomic<bool> m_closing {false};
    std::mutex m_making;              ///< Held by whoever makes one.
    std::mutex m_restoring;           ///< Held by whoever prepares a restore.
    mutable std::mutex m_mutex;       ///< Guards the next two.
    std::optional<TimePoint> m_tried; ///< When one was begun by itself.
    std::optional<RestoreOutcome> m_lastRestore;
};

/// The same as list(), where no server runs, and perhaps none can: nobody knows what earlier checks found.
QList<KnownBackup> backupsIn(const BackupPolicy &policy, const MasterKeySources &sources);

} // namespace warder
