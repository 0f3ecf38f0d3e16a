#include "core/storage/Database.h"

#include "core/platform/Files.h"

#include <QStringList>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::atomic<quint64> lastGeneration {0};

/// A thread's connections, by Database. They close with the thread; a thread that outlives its Database only holds a read
/// connection a little longer.
std::unordered_map<quint64, std::unique_ptr<DbConnection>> &connectionsOfThread()
{
    thread_local std::unordered_map<quint64, std::unique_ptr<DbConnection>> connections;
    return connections;
}

/// Of this process, whose locks they are.
struct OpenDatabases
{
    std::mutex mutex;
    QStringList paths;
};

OpenDatabases &openDatabases()
{
    static OpenDatabases all;
    return all;
}

bool isFileOf(const QString &database, const platform::FileStatus &file)
{
    return std::ranges::any_of(QStringList {QString(), u"-wal"_s, u"-shm"_s}, [&](const QString &end) {
        const auto ours = platform::statusOf(QString(database + end));
        return ours && ours->isSameFile(file);
    });
}

/// What to do about a file that holds nothing any more, or nothing that SQLite can read; empty for anything else.
QString adviceFor(const Error &error)
{
    const bool isLost = error.trouble == StorageTrouble::Damaged || error.detail == "the database is empty"_L1;
    return isLost
               ? u". Put a backup in its place, with its -wal file if it has one; or move it and master.key away to begin anew, without users"_s
               : QString();
}

} // namespace

Database::Database(const QString &path) : m_path(path), m_generation(++lastGeneration), m_writer(path)
{
    const std::lock_guard lock(openDatabases().mutex);
    openDatabases().paths += path;
}

Database::~Database()
{
    connectionsOfThread().erase(m_generation);
    const std::lock_guard lock(openDatabases().mutex);
    openDatabases().paths.removeOne(m_path);
}

bool Database::isFileOfOpen(const QString &path)
{
    const auto file = platform::statusOf(path);
    if (!file)
        return false;
    const std::lock_guard lock(openDatabases().mutex);
    return std::ranges::any_of(openDatabases().paths, [&file](const QString &database) { return isFileOf(database, *file); });
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, Upgrading upgrading)
{
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    if (const auto migrated = migrate(connection, path, bundledMigrations(), upgrading); !migrated) {
        Error error = migrated.error();
        error.detail = u"%1: %2%3"_s.arg(path, error.detail, adviceFor(error));
        return std::unexpected(error);
    }
    return std::unique_ptr<Database>(new Database(path));
}

Result<void> Database::probe()
{
    return write([](DbConnection &connection) { return connection.perform(u"UPDATE facts SET value = value"_s); });
}

DbConnection &Database::reader()
{
    auto &mine = connectionsOfThread()[m_generation];
    if (!mine || !mine->isOpen()) // the trouble may have passed
        mine = std::make_unique<DbConnection>(m_path, DbConnection::Access::ReadOnly);
    return *mine;
}

} // namespace warder
