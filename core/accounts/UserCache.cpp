#include "core/accounts/UserCache.h"

namespace warder {

constexpr qsizetype mostInShard = 1024;

quint64 UserCache::changeCount(Id user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    return shard.changes;
}

std::optional<User> UserCache::find(Id user) const
{
    const Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.users.constFind(user);
    return found == shard.users.cend() ? std::nullopt : std::optional(*found);
}

void UserCache::keep(const User &user, quint64 changeCount)
{
    Shard &shard = shardOf(user.id);
    const std::lock_guard lock(shard.mutex);
    if (shard.changes != changeCount || shard.changing.contains(user.id))
        return; // what was read may be older than the change
    // Emptying a full shard is rarer and cheaper than keeping an order of use on every look-up.
    if (shard.users.size() >= mostInShard)
        shard.users.clear();
    shard.users.insert(user.id, user);
}

void UserCache::beginChange(Id user)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    ++shard.changes;
    shard.changing += user;
    shard.users.remove(user);
}

void UserCache::endChange(Id user)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    ++shard.changes;
    shard.changing.removeOne(user);
}

} // namespace warder
