#include "core/imports/SqliteUsers.h"

#include <QSqlError>
#include <QSqlRecord>

#include <atomic>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Qt knows connections by their names, in all threads.
QString nextConnectionName()
{
    static std::atomic<int> number {0};
    return u"import %1"_s.arg(++number);
}

QString quoted(QString name) { return u'"' + name.replace(u'"', u"\"\""_s) + u'"'; }

} // namespace

SqliteUsers::SqliteUsers() : m_connection(nextConnectionName()) {}

QString SqliteUsers::tableFor(const QString &wanted) const
{
    const QStringList tables = m_database.tables() + m_database.tables(QSql::Views);
    for (const QString &name : wanted.isEmpty() ? QStringList {u"users"_s, u"user"_s} : QStringList {wanted}) {
        const auto found =
            std::ranges::find_if(tables, [&name](const QString &table) { return table.compare(name, Qt::CaseInsensitive) == 0; });
        if (found != tables.end())
            return *found;
    }
    return {};
}

Result<std::unique_ptr<ImportSource>> SqliteUsers::open(const QString &path, const QString &table)
{
    std::unique_ptr<SqliteUsers> users(new SqliteUsers);
    const auto cannot = [&path](const QString &why) { return refused(ErrorCode::InvalidInput, u"%1: %2"_s.arg(path, why)); };
    users->m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, users->m_connection);
    users->m_database.setDatabaseName(path);
    users->m_database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!users->m_database.open())
        return cannot(users->m_database.lastError().databaseText());
    const QString name = users->tableFor(table);
    if (name.isEmpty())
        return cannot(table.isEmpty() ? u"has neither a table \"users\" nor \"user\": name it with --table (there are: %1)"_s.arg(
                                            users->m_database.tables().join(u", "_s))
                                      : u"has no table \"%1\" (there are: %2)"_s.arg(table, users->m_database.tables().join(u", "_s)));
    users->m_rows = std::make_unique<QSqlQuery>(users->m_database);
    users->m_rows->setForwardOnly(true);
    if (!users->m_rows->exec(u"SELECT * FROM "_s + quoted(name)))
        return cannot(users->m_rows->lastError().databaseText());
    const QSqlRecord columns = users->m_rows->record();
    for (int i = 0; i < columns.count(); ++i)
        users->m_names += columns.fieldName(i);
    return users;
}

SqliteUsers::~SqliteUsers()
{
    m_rows.reset(); // before the connection it belongs to
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

std::optional<ImportRecord> SqliteUsers::next()
{
    if (!m_rows->isActive())
        return std::nullopt;
    ++m_row;
    if (!m_rows->next()) {
        const QSqlError error = m_rows->lastError();
        m_rows->finish();
        return error.isValid() ? std::optional(ImportRecord {.line = m_row, .values = {}, .problem = error.databaseText()}) : std::nullopt;
    }
    ImportRecord record {.line = m_row};
    for (qsizetype i = 0; i < m_names.size(); ++i)
        record.values.insert(m_names[i], m_rows->value(int(i)));
    return record;
}

} // namespace warder
