#pragma once

#include "core/storage/DbConnection.h"

#include <QStringList>

#include <functional>

struct sqlite3;

namespace warder::test {

/// A connection of its own to a database, for reading and writing, that tells how SQLite carries out what its users ask: the stores' own
/// statements, and no copies of them. Of the thread that made it; no other thread may open a connection before it has told something.
class WatchedConnection final
{
public:
    explicit WatchedConnection(const QString &path);

    /// The steps of the statements that `ask` has prepared, in no order of theirs, as EXPLAIN QUERY PLAN has them; not of those that were
    /// prepared before, nor of SQLite's own behind virtual tables.
    QStringList planOf(const std::function<void(DbConnection &)> &ask);

private:
    sqlite3 *handle() const;
    QStringList statements() const;

    const QStringList m_others; ///< Connections of the process.
    DbConnection m_connection;
};

} // namespace warder::test
