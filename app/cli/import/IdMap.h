#pragma once

#include "core/base/Result.h"
#include "core/console/orders/Imports.h"

#include <QFile>
#include <QSaveFile>
#include <QTemporaryFile>

namespace warder {

/// The CSV file (`old_id,id,email`) that says which id replaces an old one, for other databases that still use the old. Written at the
/// end: an import that is refused leaves no file.
class IdMap final
{
public:
    /// Writes nothing if `path` is empty. Refused if a file is there already or cannot be written.
    static Result<std::unique_ptr<IdMap>> open(const QString &path);

    void add(const QString &oldId, const ImportedUser &user);
    /// A skipped user gets the id of the account that existed before.
    Result<void> save(const QList<SkippedUser> &skipped);

private:
    IdMap() = default;

    QString m_path;
    QTemporaryFile m_rows; ///< Line number, old id and address in base64: line, old id, id, address, with tabs between.
};

} // namespace warder
