#include "core/storage/Database.h"

#include <atomic>
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

/// What to do about a file that holds nothing any more, or nothing that SQLite can read; empty for anything else.
QString adviceFor(const Error &error)
{
    const bool isLost = error.trouble == StorageTrouble::Damaged || error.detail == "the database is empty"_L1;
    return isLost
               ? u". Put a backup in its place, with its -wal file if it has one; or move it and master.key away to begin anew, without users"_s
               : QString();
}

} // namespace

Database::Database(const QString &path) : m_path(path), m_generation(++lastGeneration), m_writer(path) {}

Database::~Database() { connectionsOfThread().erase(m_generation); }

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
