#pragma once

#include "core/base/Result.h"

#include <QString>

namespace warder {

/// The folder that holds everything a server keeps, and the lock on it: one server a folder.
class DataDirectory final
{
public:
    /// Creates the folder (0700) if needed and locks it; closes one that others may enter if it is empty or was used before.
    /// AlreadyRunning, with the folder and the other's process id, when another process holds it; StorageFailure when it
    /// cannot be made, or others may enter it and it holds other things.
    static Result<DataDirectory> open(const QString &path);

    /// What open() does before it locks: for files that have nothing to do with a running server. Returns the absolute path.
    static Result<QString> prepare(const QString &path);

    /// Whether a process holds the lock on `path` now; never takes it.
    static bool isInUse(const QString &path);

    DataDirectory(DataDirectory &&other) noexcept;
    DataDirectory &operator=(DataDirectory &&other) noexcept;
    ~DataDirectory();

    const QString &path() const { return m_path; }
    QString databasePath() const { return m_path + QStringLiteral("/warder.db"); }
    QString masterKeyPath() const { return m_path + QStringLiteral("/master.key"); }
    QString configPath() const { return configPath(m_path); }
    QString socketPath() const { return socketPath(m_path); }
    static QString configPath(const QString &directory) { return directory + QStringLiteral("/warder.conf"); }
    static QString socketPath(const QString &directory) { return directory + QStringLiteral("/console.sock"); }

private:
    DataDirectory(QString path, int lock) : m_path(std::move(path)), m_lock(lock) {}
    QString m_path;
    int m_lock = -1;
};

} // namespace warder
