#pragma once

#include "core/base/Result.h"

#include <QHash>
#include <QString>
#include <QVariant>

#include <memory>

namespace warder {

/// One user as a file from elsewhere has it.
struct ImportRecord
{
    qint64 line = 0;                      ///< Where it begins, from 1; of a database the row.
    QHash<QString, QVariant> values = {}; ///< By column: text, number, bool, bytes, list of texts, or null.
    QString problem = {};                 ///< Why it cannot be read; then there are no values.
};

/// A file with users, read from front to back; a record in memory at a time.
class ImportSource
{
public:
    /// CSV, JSON (an array of objects, also as Firebase has it, or one behind the other) or an SQLite database, told apart by what is in
    /// it. `path` may be "-" for stdin, but not for a database. `table` of a database: empty for "users" or "user". InvalidInput names the
    /// file, also where it belongs to the database that this process has open.
    static Result<std::unique_ptr<ImportSource>> open(const QString &path, const QString &table);

    virtual ~ImportSource() = default;

    /// Nothing at the end. What follows a problem may be out of step, so that only the first is sure.
    virtual std::optional<ImportRecord> next() = 0;

    /// How far it is in its file; 0 where nobody can say.
    virtual qint64 bytesRead() const { return 0; }

protected:
    static constexpr qsizetype longestRecord = 64 * 1024;
};

} // namespace warder
