#pragma once

#include "core/base/Result.h"
#include "core/storage/DbConnection.h"

#include <QList>
#include <QString>

namespace warder {

/// One step of the schema: `resources/sql/0002_search_and_count.sql`. Never edited after release.
struct Migration
{
    int version = 0;
    QString name;
    QByteArray sql;

    QByteArray checksum() const;
};

/// The ones inside the program, in order.
QList<Migration> bundledMigrations();

/// The statements of a file, split at semicolons outside of strings, comments and trigger bodies (BEGIN … END).
QStringList splitStatements(const QString &sql);

/// What may be done to a database that is not as this Warder makes it.
enum class Upgrading {
    Create,  ///< Anything: also a new one is made.
    Upgrade, ///< Brought to the newest version; but an empty one is refused.
    Never,   ///< Nothing.
};

/// Brings the database to the newest version: in order, each in a transaction of its own. An older database that holds data is first copied
/// beside itself (`warder.db.before-7`). StorageFailure, with nothing changed, for a database from a newer Warder or another program, a
/// migration that was edited after it had run, a gap in the numbers, a failing statement, or rows left without their parent: foreign keys
/// are off while migrations run, and checked before each COMMIT. The same where `upgrading` does not allow what would have to be done.
Result<void> migrate(DbConnection &connection, const QString &path, const QList<Migration> &migrations,
                     Upgrading upgrading = Upgrading::Create);

} // namespace warder
