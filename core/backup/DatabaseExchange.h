#pragma once

#include "core/backup/BackupRestore.h"
#include "core/base/RestoreOutcome.h"

#include <memory>

namespace warder {

/// Another database in the place of the one that a server serves: a backup that is prepared, or the one of before the last restore.
/// Ordered while the server runs, carried out once it has ended, by whoever opens it again. One thread at a time.
class DatabaseExchange final
{
public:
    /// `order`: as whoever orders it names it.
    static DatabaseExchange toBackup(Id order, std::unique_ptr<BackupRestore> prepared, const QString &actor);
    /// `kept`: what BackupRestore::keptOf() gave; nothing is done where that is another one by then.
    static DatabaseExchange toFormer(Id order, const QString &kept, const QString &actor);

    /// Puts it in place; nobody has the database open. Where that is refused the outcome says so, and what was there is there still.
    RestoreOutcome carryOut(const DataDirectory &directory, TimePoint now);

    /// After carryOut(), where what is in place now cannot be opened: puts back what was there before.
    Result<void> takeBack(const DataDirectory &directory, TimePoint now) const;

private:
    DatabaseExchange(Id order, const QString &actor) : m_order(order), m_actor(actor) {}
    Result<QString> putFormer(const DataDirectory &directory, TimePoint now) const;

    Id m_order;
    QString m_actor;
    std::unique_ptr<BackupRestore> m_prepared; ///< Null: the last restore is taken back.
    QString m_kept;
};

} // namespace warder
