#include "core/storage/Connection.h"

#include <QSqlError>

#include <mutex>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostStatements = 200;

std::mutex listMutex;

/// Adds to and takes from QtSql's list of all connections of the process. Qt has a lock of its own there, but the thread
/// sanitizer cannot see it.
QSqlDatabase addToList()
{
    static int last = 0;
    const std::lock_guard lock(listMutex);
    return QSqlDatabase::addDatabase(u"QSQLITE"_s, u"warder-%1"_s.arg(++last));
}

void removeFromList(QSqlDatabase &database)
{
    const std::lock_guard lock(listMutex);
    const QString name = database.connectionName();
    database = QSqlDatabase(); // QtSql warns of a connection that is still held
    QSqlDatabase::removeDatabase(name);
}

std::unexpected<Error> failure(const QSqlError &error)
{
    const QString code = error.nativeErrorCode();
    const bool unique = code == "2067"_L1 || code == "1555"_L1; // SQLITE_CONSTRAINT_UNIQUE, …_PRIMARYKEY
    return refused(unique ? ErrorCode::Conflict : ErrorCode::StorageFailure, u"%1 (%2)"_s.arg(error.text().trimmed(), code));
}

/// After each use: an open statement would pin the write-ahead log, and its values are not for keeping, some are secrets.
void release(QSqlQuery &statement)
{
    statement.finish();
    const auto values = statement.boundValues().size();
    for (qsizetype i = 0; i < values; ++i)
        statement.bindValue(int(i), QVariant());
}

} // namespace

Connection::Connection(const QString &path, Access access)
    : m_database(addToList()), m_statements(std::make_unique<QHash<QString, std::shared_ptr<QSqlQuery>>>())
{
    m_database.setDatabaseName(path);
    m_database.setConnectOptions(access == Access::ReadOnly ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s
                                                            : u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!m_database.open()) {
        m_problem = m_database.lastError().text();
        return;
    }
    QStringList settings {u"PRAGMA foreign_keys=ON"_s, u"PRAGMA temp_store=MEMORY"_s, u"PRAGMA cache_size=-8192"_s};
    if (access == Access::ReadWrite)
        settings << u"PRAGMA journal_mode=WAL"_s << u"PRAGMA synchronous=FULL"_s << u"PRAGMA secure_delete=ON"_s;
    for (const QString &setting : settings) {
        if (const auto done = execute(setting); !done) {
            m_problem = done.error().detail;
            return;
        }
    }
    // SQLite does not fail where it cannot have a write-ahead log (some network file systems), it goes on without.
    const auto journal = one(u"PRAGMA journal_mode"_s, {}, [](const Row &row) { return row.text(0); });
    if (!journal)
        m_problem = journal.error().detail;
    else if (access == Access::ReadWrite && *journal != u"wal"_s)
        m_problem = u"no write-ahead log is possible here (journal mode %1), choose a local disk"_s.arg(journal->value_or(QString()));
}

Connection::~Connection()
{
    m_statements.reset(); // before the connection they belong to
    removeFromList(m_database);
}

Result<QSqlQuery *> Connection::executed(const QString &sql, const QVariantList &values)
{
    if (!m_problem.isEmpty())
        return refused(ErrorCode::StorageFailure, m_problem);
    auto &statement = (*m_statements)[sql];
    if (!statement) {
        statement = std::make_shared<QSqlQuery>(m_database);
        statement->setForwardOnly(true);
        if (!statement->prepare(sql)) {
            const auto failed = failure(statement->lastError());
            m_statements->remove(sql);
            return failed;
        }
        Q_ASSERT_X(m_statements->size() <= mostStatements, "Connection", "SQL must not be glued");
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        statement->bindValue(int(i), values.at(i));
    if (statement->boundValues().size() != values.size()) // a ? would keep its value of last time
        return refused(ErrorCode::Internal, u"%1 values given, other than last time: %2"_s.arg(values.size()).arg(sql));
    if (!statement->exec()) {
        const auto failed = failure(statement->lastError());
        m_statements->remove(sql);
        return failed;
    }
    return statement.get();
}

Result<void> Connection::each(const QString &sql, const QVariantList &values, const std::function<bool(const Row &)> &take)
{
    const auto statement = executed(sql, values);
    if (!statement)
        return refused(statement);
    while ((*statement)->next() && take(Row(**statement))) { }
    const QSqlError error = (*statement)->lastError();
    release(**statement);
    if (error.isValid())
        return failure(error);
    return {};
}

Result<qint64> Connection::run(const QString &sql, const QVariantList &values)
{
    const auto statement = executed(sql, values);
    if (!statement)
        return refused(statement);
    const qint64 changed = (*statement)->numRowsAffected();
    release(**statement);
    return changed;
}

void Connection::over()
{
    for (const auto &then : std::exchange(m_whenOver, {}))
        then();
}

Result<void> Connection::execute(const QString &sql)
{
    if (!m_problem.isEmpty())
        return refused(ErrorCode::StorageFailure, m_problem);
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failure(query.lastError());
    return {};
}

} // namespace warder
