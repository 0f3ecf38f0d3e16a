#pragma once

#include "core/accounts/User.h"

#include <QHash>

#include <array>
#include <mutex>

namespace warder {

/// The users as the database has them, so that it need not be asked on every request. A user whom a transaction changes is left out
/// until the transaction is over: its job misses, and reads the row. Bounded; any thread.
class UserCache final
{
public:
    /// Call before reading the row, and pass to keep(), which drops the row if a change began or ended meanwhile.
    quint64 changeCount(Id user) const;
    std::optional<User> find(Id user) const;
    void keep(const User &user, quint64 changeCount);
    /// Call around a change: endChange() once it is on disk or undone, before any listener is told.
    void beginChange(Id user);
    void endChange(Id user);

private:
    struct Shard
    {
        mutable std::mutex mutex;
        quint64 changes = 0;
        QHash<Id, User> users;
        QList<Id> changing;
    };
    const Shard &shardOf(Id user) const { return m_shards[qHash(user) % m_shards.size()]; }
    Shard &shardOf(Id user) { return m_shards[qHash(user) % m_shards.size()]; }

    std::array<Shard, 16> m_shards;
};

} // namespace warder
