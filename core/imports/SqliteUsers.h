#pragma once

#include "core/imports/ImportSource.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>

namespace warder {

/// A table of an SQLite database, opened read-only. One thread, from its beginning to its end.
class SqliteUsers final : public ImportSource
{
public:
    /// An empty table: "users", else "user". InvalidInput when there is none, or the database cannot be read.
    static Result<std::unique_ptr<ImportSource>> open(const QString &path, const QString &table);
    ~SqliteUsers() override;

    std::optional<ImportRecord> next() override;

private:
    SqliteUsers();
    QString tableFor(const QString &wanted) const;

    const QString m_connection;
    QSqlDatabase m_database;
    std::unique_ptr<QSqlQuery> m_rows;
    QStringList m_names;
    qint64 m_row = 0;
};

} // namespace warder
