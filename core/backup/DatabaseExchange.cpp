#include "core/backup/DatabaseExchange.h"

using namespace Qt::StringLiterals;

namespace warder {

DatabaseExchange DatabaseExchange::toBackup(Id order, std::unique_ptr<BackupRestore> prepared, const QString &actor)
{
    DatabaseExchange exchange(order, actor);
    exchange.m_prepared = std::move(prepared);
    return exchange;
}

DatabaseExchange DatabaseExchange::toFormer(Id order, const QString &kept, const QString &actor)
{
    DatabaseExchange exchange(order, actor);
    exchange.m_kept = kept;
    return exchange;
}

Result<QString> DatabaseExchange::putFormer(const DataDirectory &directory, TimePoint now) const
{
    if (BackupRestore::keptOf(directory.databasePath(), now) != m_kept)
        return refused(ErrorCode::Conflict, u"%1 is not what the last restore has replaced any more"_s.arg(m_kept));
    return BackupRestore::undo(directory, m_actor, now);
}

RestoreOutcome DatabaseExchange::carryOut(const DataDirectory &directory, TimePoint now)
{
    const auto done = m_prepared ? m_prepared->apply(m_actor, now) : putFormer(directory, now);
    return {.order = m_order,
            .at = now,
            .file = m_prepared ? m_prepared->file() : QString(),
            .kept = done.value_or(QString()),
            .problem = done ? QString() : done.error().detail};
}

Result<void> DatabaseExchange::takeBack(const DataDirectory &directory, TimePoint now) const
{
    if (!m_prepared)
        return BackupRestore::redo(directory, m_kept);
    return BackupRestore::undo(directory, m_actor, now).transform([](const QString &) {});
}

} // namespace warder
