#pragma once

#include "core/base/Result.h"
#include "core/console/Console.h"
#include "core/console/orders/Imports.h"

#include <QFile>
#include <QSaveFile>
#include <QTemporaryFile>

namespace warder {

/// The CSV file (`old_id,id,email`) that tells which account an old id became, for the tables that hold the old ones. Written at the
/// end: an import that is refused leaves no file.
class IdMap final
{
public:
    /// Nothing is kept where `path` is empty. Refused when it cannot be written there.
    static Result<std::unique_ptr<IdMap>> open(const QString &path);

    void add(const QString &oldId, const ImportedUser &user);
    /// Of those that were skipped the account that was there is told.
    Result<void> save(const QList<SkippedUser> &skipped);

private:
    IdMap() = default;

    QString m_path;
    QTemporaryFile m_rows; ///< Line, old id, id, address: tabs between.
};

} // namespace warder
