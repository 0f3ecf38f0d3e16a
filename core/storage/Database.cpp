#include "core/storage/Database.h"

#include "core/storage/Migrator.h"

#include <atomic>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::atomic<quint64> lastGeneration {0};

/// A thread's connections, by Database. They close with the thread; a thread that outlives its Database only holds a read
/// connection a little longer.
std::unordered_map<quint64, std::unique_ptr<Connection>> &connectionsOfThread()
{
    thread_local std::unordered_map<quint64, std::unique_ptr<Connection>> connections;
    return connections;
}

} // namespace

Database::Database(const QString &path) : m_path(path), m_generation(++lastGeneration), m_writer(path) {}

Database::~Database()
{
    connectionsOfThread().erase(m_generation);
}

Result<std::unique_ptr<Database>> Database::open(const QString &path)
{
    Connection connection(path, Connection::Access::ReadWrite);
    if (const auto migrated = migrate(connection, path, bundledMigrations()); !migrated)
        return refused(migrated.error().code, u"%1: %2"_s.arg(path, migrated.error().detail));
    return std::unique_ptr<Database>(new Database(path));
}

Connection &Database::reader()
{
    auto &mine = connectionsOfThread()[m_generation];
    if (!mine || !mine->isOpen())          // the trouble may have passed
        mine = std::make_unique<Connection>(m_path, Connection::Access::ReadOnly);
    return *mine;
}

} // namespace warder
