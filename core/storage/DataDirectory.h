#pragma once

#include "core/base/Result.h"
#include "core/platform/Files.h"

namespace warder {

/// The folder that holds everything a server keeps, and the lock on it: one server a folder. Nobody but its owner, who must be the user
/// that we run as, may write into it: whoever may could swap the database or the settings. Nothing in it that we write is a symbolic link.
class DataDirectory final
{
public:
    /// Whether the folder and the database in it may be made.
    enum class Making { Never, IfMissing };

    /// Locks it, and waits for `patience` where another process holds it. A folder that is missing is made (0700); one that was there
    /// keeps its permissions. AlreadyRunning, with the folder and the other's process id, when another process still holds it;
    /// StorageFailure with what to do when it is missing, cannot be made, belongs to another user, others may write into it, others may
    /// enter it and it holds other things, or one of our files in it is a link or of another user.
    static Result<DataDirectory> open(const QString &path, Making making = Making::IfMissing, Milliseconds patience = Milliseconds {0});

    /// What open() does before it locks: for files that have nothing to do with a running server. Returns the absolute path.
    static Result<QString> prepare(const QString &path, Making making = Making::IfMissing);

    /// Whether settings may be read from it, which root may do everywhere; a folder that is not there is no reason not to. Changes nothing.
    static Result<void> mayBeRead(const QString &path);

    /// Whether a process holds the lock on `path` now; never takes it.
    static bool isInUse(const QString &path);

    const QString &path() const { return m_path; }
    QString databasePath() const { return m_path + QStringLiteral("/warder.db"); }
    QString masterKeyPath() const { return m_path + QStringLiteral("/master.key"); }
    QString socketPath() const { return socketPath(m_path); }
    static QString socketPath(const QString &directory) { return directory + QStringLiteral("/console.sock"); }

private:
    DataDirectory(QString path, platform::Descriptor lock, platform::Descriptor folder)
        : m_path(std::move(path)), m_lock(std::move(lock)), m_folder(std::move(folder))
    {}
    QString m_path;
    platform::Descriptor m_lock;
    platform::Descriptor m_folder; ///< Locked as well, so that nothing is lost with the lock's file. Closed first, for who waits for that.
};

} // namespace warder
