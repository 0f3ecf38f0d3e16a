#include "tests/support/WatchedConnection.h"

#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QVariant>

#include <utility>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace warder::test {

WatchedConnection::WatchedConnection(const QString &path)
    : m_others(QSqlDatabase::connectionNames()), m_connection(path, DbConnection::Access::ReadWrite)
{}

sqlite3 *WatchedConnection::handle() const
{
    for (const QString &name : QSqlDatabase::connectionNames()) {
        if (m_others.contains(name))
            continue;
        const QVariant handle = QSqlDatabase::database(name, false).driver()->handle();
        return *static_cast<sqlite3 *const *>(handle.constData());
    }
    return nullptr;
}

QStringList WatchedConnection::statements() const
{
    sqlite3 *database = handle();
    QStringList all;
    for (sqlite3_stmt *each = sqlite3_next_stmt(database, nullptr); each; each = sqlite3_next_stmt(database, each)) {
        const QString sql = QString::fromUtf8(sqlite3_sql(each));
        if (!sql.contains("'main'."_L1)) // as virtual tables write to the tables behind them
            all += sql;
    }
    return all;
}

QStringList WatchedConnection::planOf(const std::function<void(DbConnection &)> &ask)
{
    const QStringList before = statements();
    ask(m_connection);
    QStringList fresh = statements();
    fresh.removeIf([&before](const QString &sql) { return before.contains(sql); });
    QStringList steps;
    for (QString sql : std::as_const(fresh)) {
        sql.replace(QRegularExpression(u":\\d+"_s), u"?"_s); // Qt's driver has given them names
        const QVariantList values(sql.count(u'?'), QByteArray(16, 'x'));
        const auto plan = m_connection.all(u"EXPLAIN QUERY PLAN "_s + sql, values, [](const Row &row) { return row.text(3); });
        steps += plan ? *plan : QStringList {plan.error().detail};
    }
    return steps;
}

} // namespace warder::test
