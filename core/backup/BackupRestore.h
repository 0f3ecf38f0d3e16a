#pragma once

#include "core/backup/BackupCheck.h"
#include "core/backup/BackupDifference.h"
#include "core/storage/DataDirectory.h"

namespace warder {

/// Puts a backup in the place of the database of a data directory whose lock the caller holds. First prepare(), which changes nothing but
/// makes sure that all will be well, and goes beside a server; then apply(), when nobody has the database open any more. What was there
/// before is kept beside. One at a time for a database. Any thread.
class BackupRestore final
{
public:
    /// `database`: the path of the one that is to be replaced, which need not be there.
    explicit BackupRestore(QString database) : m_database(std::move(database)) {}
    ~BackupRestore(); ///< Takes away what was prepared and not applied.
    Q_DISABLE_COPY_MOVE(BackupRestore)

    struct Preview
    {
        CheckedBackup backup;
        bool isReplacing = false;                        ///< There is a database now.
        std::optional<BackupDifference> difference = {}; ///< From that; nothing where it cannot be read.
        QString whyUnknown = {};                         ///< Why there is no difference, though there is a database.
    };

    /// Copies the backup into the data directory, checks it, brings it up to this program's schema. Conflict for a newer schema,
    /// StorageFailure for a damaged one and for a file that is no backup, Busy where it was stopped; the refusal says what to do.
    Result<Preview> prepare(const QString &file, TimePoint now, const BackupSteps &steps = {});

    /// Puts what was prepared in place at once, and records that in it. Gives where the database of before is kept; empty: there was none.
    Result<QString> apply(const QString &actor, TimePoint now);

    /// Puts the newest database that apply() kept back in place; what was restored is kept in its stead, until the next time. NotFound
    /// where nothing is kept. Gives where the restored one is.
    static Result<QString> undo(const DataDirectory &directory, const QString &actor, TimePoint now);

    /// The file that undo() would put in the place of `database`; empty: none is kept.
    static QString keptOf(const QString &database, TimePoint now);

    /// Takes undo() back, which had put `kept` in place: for where that cannot be opened.
    static Result<void> redo(const DataDirectory &directory, const QString &kept);

    const QString &file() const { return m_file; } ///< The backup's that is prepared.

private:
    QString preparedPath() const { return m_database + QStringLiteral(".restoring"); }
    Result<void> copyIn(const QString &file, const BackupSteps &steps) const;
    Result<void> bringUpToDate() const;
    void compare(Preview &preview, TimePoint now, const BackupSteps &steps) const;

    const QString m_database;
    QString m_file;
    bool m_isPrepared = false;
};

} // namespace warder
