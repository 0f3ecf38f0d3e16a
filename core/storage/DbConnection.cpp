#include "core/storage/DbConnection.h"

#include "core/base/Text.h"
#include "core/storage/SqliteError.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>

#include <mutex>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostStatements = 200;
constexpr int stepsBetweenLooks = 1000; ///< Of SQLite's machine: some tens of microseconds.

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
    // QtSql's own half of the text ("Unable to fetch row") tells a person nothing.
    const QString words = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    return std::unexpected(sqliteError(error.nativeErrorCode().toInt(), words));
}

/// SQLite takes a text in UTF-16 and eats the byte order mark at its start, or turns all bytes round. One more is eaten instead.
QVariant withItsMark(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString)
        return value;
    const auto &text = *static_cast<const QString *>(value.constData());
    return text.startsWith(u'\ufeff') || text.startsWith(u'\ufffe') ? QVariant(u'\ufeff' + text) : value;
}

sqlite3 *handleOf(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    return qstrcmp(handle.typeName(), "sqlite3*") == 0 ? *static_cast<sqlite3 *const *>(handle.constData()) : nullptr;
}

void searchKeyInSql(sqlite3_context *context, int, sqlite3_value **values)
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(values[0]));
    const QByteArray key = searchKey(QString::fromUtf8(text, sqlite3_value_bytes(values[0]))).toUtf8();
    sqlite3_result_text(context, key.constData(), int(key.size()), SQLITE_TRANSIENT);
}

/// The migrations' triggers call it.
bool addFunctions(sqlite3 *handle)
{
    constexpr int kind = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    return handle
           && sqlite3_create_function_v2(handle, "search_key", 1, kind, nullptr, searchKeyInSql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

QString optionsFor(DbConnection::Access access)
{
    switch (access) {
    case DbConnection::Access::Immutable: return u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s;
    case DbConnection::Access::ReadOnly:  return u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=1000"_s;
    case DbConnection::Access::ReadWrite: return u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// By what name SQLite is told so (its documentation, "URI filenames").
QString nameFor(const QString &path, DbConnection::Access access)
{
    return access == DbConnection::Access::Immutable ? u"file:%1?immutable=1"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(path, "/")))
                                                     : path;
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

DbConnection::DbConnection(const QString &path, Access access)
    : m_database(addToList()), m_statements(std::make_unique<QHash<QString, std::shared_ptr<QSqlQuery>>>())
{
    m_database.setDatabaseName(nameFor(path, access));
    m_database.setConnectOptions(optionsFor(access));
    if (!m_database.open()) {
        m_problem = failure(m_database.lastError()).error();
        return;
    }
    if (!addFunctions(handleOf(m_database))) {
        m_problem = Error {.code = ErrorCode::StorageFailure, .detail = u"the database driver takes no functions"_s};
        return;
    }
    QStringList settings {u"PRAGMA foreign_keys=ON"_s, u"PRAGMA temp_store=MEMORY"_s, u"PRAGMA cache_size=-8192"_s};
    if (access == Access::ReadWrite)
        settings << u"PRAGMA journal_mode=WAL"_s << u"PRAGMA synchronous=FULL"_s << u"PRAGMA secure_delete=ON"_s;
    for (const QString &setting : settings) {
        if (const auto done = execute(setting); !done) {
            m_problem = done.error();
            return;
        }
    }
    // SQLite does not fail where it cannot have a write-ahead log (some network file systems), it goes on without.
    const auto journal = one(u"PRAGMA journal_mode"_s, {}, [](const Row &row) { return row.text(0); });
    if (!journal)
        m_problem = journal.error();
    else if (access == Access::ReadWrite && *journal != u"wal"_s)
        m_problem = Error {
            .code = ErrorCode::StorageFailure,
            .detail = u"no write-ahead log is possible here (journal mode %1), choose a local disk"_s.arg(journal->value_or(QString()))};
}

DbConnection::~DbConnection()
{
    m_statements.reset(); // before the connection they belong to
    removeFromList(m_database);
}

Result<QSqlQuery *> DbConnection::executed(const QString &sql, const QVariantList &values)
{
    if (m_problem)
        return std::unexpected(*m_problem);
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
        statement->bindValue(int(i), withItsMark(values.at(i)));
    if (statement->boundValues().size() != values.size()) // a ? would keep its value of last time
        return refused(ErrorCode::Internal, u"%1 values given, other than last time: %2"_s.arg(values.size()).arg(sql));
    if (!statement->exec()) {
        const auto failed = failure(statement->lastError());
        m_statements->remove(sql);
        return failed;
    }
    return statement.get();
}

Result<void> DbConnection::each(const QString &sql, const QVariantList &values, const std::function<bool(const Row &)> &take)
{
    const auto statement = executed(sql, values);
    if (!statement)
        return refused(statement);
    while ((*statement)->next() && take(Row(**statement))) {
    }
    const QSqlError error = (*statement)->lastError();
    release(**statement);
    if (error.isValid())
        return failure(error);
    return {};
}

Result<qint64> DbConnection::number(const QString &sql, const QVariantList &values)
{
    return one(sql, values, [](const Row &row) { return row.integer(0); }).transform([](std::optional<qint64> found) {
        return found.value_or(0);
    });
}

void DbConnection::stopWhen(std::function<bool()> stop)
{
    m_stop = std::move(stop);
    if (m_problem)
        return;
    const auto look = [](void *self) { return int(static_cast<DbConnection *>(self)->m_stop()); };
    sqlite3_progress_handler(handleOf(m_database), m_stop ? stepsBetweenLooks : 0, m_stop ? +look : nullptr, this);
}

Result<qint64> DbConnection::run(const QString &sql, const QVariantList &values)
{
    const auto statement = executed(sql, values);
    if (!statement)
        return refused(statement);
    const qint64 changed = (*statement)->numRowsAffected();
    release(**statement);
    return changed;
}

Result<void> DbConnection::perform(const QString &sql, const QVariantList &values)
{
    return run(sql, values).transform([](qint64) {});
}

Result<void> DbConnection::execute(const QString &sql)
{
    if (m_problem)
        return std::unexpected(*m_problem);
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failure(query.lastError());
    return {};
}

} // namespace warder
