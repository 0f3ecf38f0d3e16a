#include "core/accounts/UserCounts.h"

#include "core/accounts/UserStore.h"
#include "core/base/Text.h"

#include <utility>

namespace warder {

/// The changes are read before the rows: one that is committed in between makes a number old that is true, and never the other way round.
Result<qint64> UserCounts::count(DbConnection &connection, const QString &contains, bool deleted)
{
    const QString key = searchKey(QStringView(contains).trimmed());
    if (key.isEmpty())
        return UserStore::count(connection, {}, deleted);
    const quint64 changes = m_changes;
    const auto before = known(key, deleted, changes);
    const auto byIndex =
        before ? Result<std::optional<qint64>>(std::nullopt) : UserSearch::countByIndex(connection, key, deleted, m_bounds);
    if (!byIndex)
        return refused(byIndex);
    if (*byIndex)
        return **byIndex;
    const auto newest = UserSearch::newest(connection);
    if (!newest)
        return newest;
    const auto more = UserSearch::countByWalk(connection, key, deleted, before ? before->upTo : 0, *newest);
    if (!more)
        return more;
    const qint64 number = (before ? before->number : 0) + *more;
    remember({.key = key, .deleted = deleted, .changes = changes, .upTo = *newest, .number = number});
    return number;
}

std::optional<UserCounts::Known> UserCounts::known(const QString &key, bool deleted, quint64 changes)
{
    const std::lock_guard lock(m_mutex);
    m_known.removeIf([changes](const Known &each) { return each.changes != changes; });
    for (const Known &each : std::as_const(m_known)) {
        if (each.key == key && each.deleted == deleted)
            return each;
    }
    return std::nullopt;
}

void UserCounts::remember(const Known &counted)
{
    const std::lock_guard lock(m_mutex);
    m_known.removeIf([&counted](const Known &each) { return each.key == counted.key && each.deleted == counted.deleted; });
    m_known.prepend(counted);
    if (m_known.size() > mostKnown)
        m_known.removeLast();
}

} // namespace warder
