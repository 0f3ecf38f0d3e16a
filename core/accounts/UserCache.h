#pragma once

#include "core/accounts/User.h"

#include <QHash>

#include <array>
#include <mutex>

namespace warder {

/// Users as the database has them, so that it need not be asked on every request. One whom a transaction changes is not among them
/// until it is over, so that a job finds here what it would read. Bounded; any thread.
class UserCache final
{
public:
    /// To be taken before the row is read: what was read is kept only if no change began or ended meanwhile.
    quint64 moment(Id user) const;
    std::optional<User> find(Id user) const;
    void keep(const User &user, quint64 moment);
    /// Around a change: the second once it is on disk or undone, before anybody is told of it.
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
