#pragma once

#include "core/accounts/User.h"

#include <QHash>

#include <array>
#include <mutex>

namespace warder {

/// Users as the database has them, so that it need not be asked on every request. Whoever changes a row says forget() once the
/// change is over, before anybody is told of it. Bounded; any thread.
class UserCache final
{
public:
    /// To be taken before the row is read: what was read is kept only if nothing was forgotten meanwhile.
    quint64 moment(Id user) const;
    std::optional<User> find(Id user) const;
    void keep(const User &user, quint64 moment);
    void forget(Id user);

private:
    struct Shard
    {
        mutable std::mutex mutex;
        quint64 forgotten = 0;
        QHash<Id, User> users;
    };
    const Shard &shardOf(Id user) const { return m_shards[qHash(user) % m_shards.size()]; }
    Shard &shardOf(Id user) { return m_shards[qHash(user) % m_shards.size()]; }

    std::array<Shard, 16> m_shards;
};

} // namespace warder
